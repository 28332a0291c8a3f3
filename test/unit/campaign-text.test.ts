import { describe, expect, it } from 'vitest'
import { PLAYS } from '../../src/core/segments/play.ts'
import { campaignText } from '../../src/page/segments/campaign-text.ts'
import { LANGUAGES } from '../../src/page/words/language.ts'

const ALL = PLAYS.flatMap((play) => LANGUAGES.map((language) => [play, language] as const))

describe('the e-mail of a play', () => {
  it.each(ALL)('%s in %s has a way out and a sender, in both of its forms', (play, language) => {
    const { html, text } = campaignText(play, language)
    for (const form of [html, text]) {
      expect(form).toContain('{% unsubscribe_link %}')
      expect(form).toContain('{{ organization.full_address }}')
    }
  })

  it.each(ALL)('%s in %s promises no figure', (play, language) => {
    const { subject, previewText, text } = campaignText(play, language)
    const words = `${subject} ${previewText} ${text}`.replaceAll(/\{[{%].*?[%}]\}/g, '')
    expect(words).not.toMatch(/[\d%€£$]/)
  })

  it.each(ALL)('%s in %s has one place for a person to fill', (play, language) => {
    const { html, text } = campaignText(play, language)
    expect([html.match(/\[[^\]]+\]/g)?.length, text.match(/\[[^\]]+\]/g)?.length]).toEqual([1, 1])
  })

  it('says in HTML what it says in text', () => {
    const { html, text } = campaignText('win-back', 'fr')
    const words = html
      .replace(/^[\s\S]*<body[^>]*>/, '')
      .replaceAll(/<a href="([^"]*)"[^>]*>([^<]*)<\/a>/g, '$2: $1')
      .replaceAll(/<[^>]+>/g, ' ')
      .split(/\s+/)
    expect(words.filter(Boolean)).toEqual(text.split(/\s+/).filter(Boolean))
  })

  it('names the language of the page for readers that speak it', () => {
    expect(campaignText('vip', 'it').html).toContain('<html lang="it">')
  })
})
