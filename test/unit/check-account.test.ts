import { describe, expect, it } from 'vitest'
import { checkAccount } from '../../src/app/check-account.ts'
import type { AccountServices } from '../../src/app/services.ts'
import type { Finding } from '../../src/core/finding.ts'
import { SETTINGS } from '../support/ledger.ts'

/** Findings about currencies of an account in EUR, with a rate for CHF, whose shop sells in these. */
async function findingsOf(...currencies: string[]): Promise<readonly Finding[]> {
  const finding: Finding = { level: 'ok', subject: 'source shop', message: 'answers', currencies }
  const connector = { name: 'shop', check: async () => [finding], async *readOrders() {} }
  const rate = { currency: 'CHF', validFrom: '2020-01-01', rate: { digits: 1n, scale: 0 } }
  const services = {
    settings: { ...SETTINGS, currency: 'EUR', rates: [rate] },
    sources: new Map([['shop', { connector, keyFingerprint: '' }]]),
    destination: { connector: { check: async () => [] }, keyFingerprint: '' },
    pauses: { loadPauses: async () => [] },
  } as unknown as AccountServices
  return (await checkAccount(services, new AbortController().signal)).filter(({ level }) => level !== 'ok')
}

describe('currencies of a source', () => {
  it('that count are no matter', async () => {
    expect(await findingsOf('EUR', 'CHF')).toEqual([])
    expect(await findingsOf()).toEqual([])
  })

  it('of which none counts are a problem', async () => {
    expect(await findingsOf('USD')).toMatchObject([
      { level: 'problem', message: expect.stringContaining('orders in USD will not count: the account counts in EUR') },
    ])
  })

  it('of which some do not count are a warning that names them', async () => {
    expect(await findingsOf('EUR', 'USD', 'JPY')).toMatchObject([
      { level: 'warning', action: "Set the account's `currency`, or give `rates` for USD, JPY." },
    ])
  })
})
