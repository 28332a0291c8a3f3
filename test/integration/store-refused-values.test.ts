import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLogger } from '../../src/lib/logger.ts'
import { openTestLedger, type TestLedger } from '../support/ledger.ts'

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

/** Everything that a log would say of it. */
function logged(error: unknown): string {
  const lines: string[] = []
  createLogger('error', { write: (line) => void lines.push(line) }).error({ err: error }, 'failed')
  return lines.join('')
}

describe('a value that the database refuses', () => {
  const ADDRESS = 'bad@example.com'
  const ask = {
    alone: () => ledger.db.query('select $1::bigint', [ADDRESS]),
    'in a transaction': () => ledger.db.transaction((client) => client.query('select $1::bigint', [ADDRESS])),
    'in a session': () => ledger.db.session((client) => client.query('select $1::date', [ADDRESS])),
  }

  for (const [where, run] of Object.entries(ask)) {
    it(`${where} is named by its SQLSTATE and not repeated in the log`, async () => {
      const error = await run().catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code: 'E_BUG', context: { sqlstate: expect.stringMatching(/^22/) } })
      expect(logged(error)).toContain('the database refused a value (SQLSTATE 22')
      expect(logged(error)).not.toContain(ADDRESS)
    })
  }
})
