import { describe, expect, it } from 'vitest'
import { createBrowserFormats } from '../../src/page/browser/number-format.ts'
import { createFormats, NOTHING } from '../../src/page/formats.ts'

const formatsOf = (currency: string) => createFormats('en', currency, 'Europe/Rome')
/** Without the kinds of spaces that are no news here. */
const plain = (text: string) => text.replace(/\s/g, ' ')

describe('a price on the page', () => {
  it.each([
    ['EUR', 4_990, '€49.90'],
    ['EUR', 12_000, '€120'],
    ['JPY', 12_000, 'JP¥12,000'],
    ['KWD', 12_500, 'KWD 12.500'],
    // Intl alone would show whole forints.
    ['HUF', 1_250, 'HUF 12.50'],
  ])('of %s has all its decimals or none', (currency, minor, text) => {
    expect(plain(formatsOf(currency).price(minor))).toBe(text)
  })
})

describe('orders per customer as a factor', () => {
  const { factor } = formatsOf('EUR')

  it.each([
    [279, 278, '1.004', true],
    [300, 200, '1.50', false],
    [17, 16, '1.06', true],
    [278, 278, '1.00', false],
    [10_003, 10_000, '1.0003', false],
    [0, 0, NOTHING, false],
  ])(
    'of %i orders by %i customers has the decimals that multiply to the orders',
    (orders, customers, text, isRounded) => {
      expect(factor(orders, customers)).toMatchObject({ text, isRounded })
    },
  )
})

describe('a share on the page', () => {
  it.each([
    [0, '0%'],
    [1 / 5_000, '< 0.1%'],
    [0.0006, '0.1%'],
    [1, '100%'],
  ])('of %d does not make nobody of somebody, and is the same when the browser writes it', (part, text) => {
    const { share, browser } = formatsOf('EUR')
    expect([plain(share(part)), plain(createBrowserFormats(browser).share(part))]).toEqual([text, text])
  })
})

describe('a change on the page', () => {
  const { change } = formatsOf('EUR')

  it.each([
    [100, 112, '+12%'],
    [100, 75, '-25%'],
    [100, -50, '-150%'],
  ])('from %i to %i is told as a share of what there was', (from, to, text) => {
    expect(change(from, to)).toBe(text)
  })

  it.each([0, -100, null])('from %s is none, since nothing is a share of it', (from) => {
    expect(change(from, 50)).toBe(NOTHING)
  })
})
