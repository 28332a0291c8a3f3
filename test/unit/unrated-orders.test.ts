import { describe, expect, it, test } from 'vitest'
import { checkUnrated } from '../../src/app/check-unrated.ts'
import { createFormats } from '../../src/page/formats.ts'
import { renderUnrated } from '../../src/page/numbers/left-out.ts'
import { LANGUAGES, wordsOf } from '../../src/page/words/language.ts'
import { createCli } from '../support/cli.ts'

const GBP = { currency: 'GBP', orders: 1, since: '2026-03-05' }
const USD = { currency: 'USD', orders: 1_200, since: '2025-01-01' }

describe('orders in a currency without a rate', () => {
  it('are a warning of sync, which says from when on a rate is needed', async () => {
    const { stdout } = await createCli({ application: { unrated: async () => [GBP] } }).run('sync')
    expect(stdout).toContain(
      'warning: 1 order in GBP has no rate at its date: it counts for nothing until `rates` has one',
    )
    expect(stdout).toContain('give `rates` for GBP from 2026-03-05 or before')
  })

  it('are nothing to warn of where there are none', async () => {
    const { stdout } = await createCli().run('sync')
    expect(stdout).not.toContain('no rate')
  })

  it('are a warning of check', () => {
    expect(checkUnrated([GBP, USD])).toMatchObject([
      {
        level: 'warning',
        message: '1,201 orders in GBP, USD have no rate at their date: they count for nothing until `rates` has one',
      },
    ])
    expect(checkUnrated([])).toEqual([])
  })

  test.each(LANGUAGES)('are told on the page in %s with number and currency', (language) => {
    const voice = { language, words: wordsOf(language), formats: createFormats(language, 'EUR', 'Europe/Rome') }
    const leftOut = [{ reason: 'other currency', orders: 3, totalMinor: 1, currency: 'GBP' }]
    expect(renderUnrated(voice, leftOut)?.html).toMatch(/\b3 .*\bGBP\b.*rates/)
    expect(renderUnrated(voice, [{ reason: 'test order', orders: 3, totalMinor: 1, currency: 'GBP' }])).toBeNull()
  })
})
