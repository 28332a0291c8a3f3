import type { CampaignText } from '../../core/segments/campaign.ts'
import type { Play } from '../../core/segments/play.ts'
import { type Html, html } from '../html.ts'
import { type Language, wordsOf } from '../words/language.ts'

/** Klaviyo's tags (help centre, article 115005078267): its own text, or the link alone. What is in them is not escaped. */
const SENDER: Html = { html: '{{ organization.name }}<br>{{ organization.full_address }}' }
const UNSUBSCRIBE_LINK = '{% unsubscribe_link %}'

/**
 * The e-mail of a play as a starting point: a greeting, a sentence or two, a place in brackets that says what a person has
 * to put there, the sender and the way out. It names no figure, no discount and nobody.
 */
export function campaignText(play: Play, language: Language): CampaignText {
  const words = wordsOf(language).campaigns
  const { title, subject, preview, body, slot } = words.plays[play]
  const paragraphs = [words.greeting, ...body]
  const page = html`<!DOCTYPE html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${subject}</title></head>
<body style="margin:0;padding:24px;background:#ffffff;color:#222222;font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5">
<div style="max-width:600px;margin:0 auto">
${paragraphs.map((text) => html`<p>${text}</p>\n`)}<p style="border:1px dashed #767676;padding:12px">[${slot}]</p>
<p style="margin-top:32px;color:#595959;font-size:13px">${SENDER}<br><a href="${UNSUBSCRIBE_LINK}" style="color:#595959">${words.unsubscribe}</a></p>
</div>
</body>
</html>
`
  const plain = [
    ...paragraphs,
    `[${slot}]`,
    `{{ organization.name }}\n{{ organization.full_address }}\n${words.unsubscribe}: ${UNSUBSCRIBE_LINK}`,
  ]
  return { title, subject, previewText: preview, html: page.html, text: `${plain.join('\n\n')}\n` }
}
