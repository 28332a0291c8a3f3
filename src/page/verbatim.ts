import { type Html, html } from './html.ts'

/**
 * Words that are not the page's: of a shop, of Klaviyo, or those of our log. They stand in quotes and are marked as English,
 * which they are but for what they quote in turn, so that a screen reader does not read them as the page's language.
 */
export function renderVerbatim(text: string): Html {
  return html`<q lang="en">${text}</q>`
}
