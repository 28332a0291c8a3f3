import { expect, test } from 'vitest'
import { renderExplainedProfiles } from '../../src/page/customers/customer-profiles.ts'
import { renderExplainedSums } from '../../src/page/customers/customer-sums.ts'
import { createFormats } from '../../src/page/formats.ts'
import { wordsOf } from '../../src/page/words/language.ts'
import { EXPLANATION } from '../support/explanation.ts'

const VOICE = { language: 'it', words: wordsOf('it'), formats: createFormats('it', 'GBP', 'Europe/London') } as const
const [PROFILE] = EXPLANATION.profiles
const profileOf = (name: string, desired: number, actual: number) =>
  renderExplainedProfiles(VOICE, {
    ...EXPLANATION,
    profiles: PROFILE === undefined ? [] : [{ ...PROFILE, properties: [{ name, desired, actual, isSame: false }] }],
  }).html.replaceAll('\u00a0', ' ')

test('amounts among the properties are money as the reader writes it, whatever prefix their names have', () => {
  const { money } = VOICE.formats
  const text = profileOf('shop_aov', 72.67, 84)
  expect(text).toContain(money(7_267).replaceAll('\u00a0', ' '))
  expect(text).toContain(money(8_400).replaceAll('\u00a0', ' '))
})

test('a number that is no amount stays as it is', () => {
  expect(profileOf('order_count', 3, 4)).toContain('>3<')
})

test('an amount in Klaviyo that is nobody’s price is shown as it stands there', () => {
  expect(profileOf('net_revenue', 72.67, 72.674)).toContain('72.674 GBP')
})

test('what orders count for is told apart from the revenue only where refunds lie between them', () => {
  const { lifetime, last12Months } = EXPLANATION.sums
  const sums = (refundsMinor: number) =>
    renderExplainedSums(VOICE, {
      ...EXPLANATION,
      sums: { lifetime: { ...lifetime, refundsMinor }, last12Months },
    }).html
  expect(sums(100)).toContain(VOICE.words.customer.sums.worth)
  expect(sums(0)).not.toContain(VOICE.words.customer.sums.worth)
})
