import { describe, expect, it } from 'vitest'
import type { HttpApplication } from '../../src/http/application.ts'
import { fullReportOf, PLAN } from '../support/cli-ledger.ts'
import { createMemoryApplication } from '../support/http-application.ts'
import { logIn } from '../support/page-door.ts'
import { englishWordsIn } from '../support/visible-words.ts'

const full = fullReportOf({ by: 'month', definition: 'period' })

/** A shop of which there is something to tell on every page. */
const RICH: Partial<HttpApplication> = {
  overview: async (_account, request) => ({ ...full.whole, ...request }),
  distribution: async () => full.distribution,
  matrix: async () => full.matrix,
  plan: async (account) => ({ ...PLAN, account }),
}

/** The page without what others wrote: names of accounts, segments and properties, lines of configuration. */
function ownWords(body: string): string {
  const [, main = ''] = /<main[^>]*>(.*)<\/main>/s.exec(body) ?? []
  return (
    main
      .replace(/<(script|pre|code|option|textarea)\b[^>]*>.*?<\/\1>/gs, '')
      .replace(/<details>.*?<\/details>/gs, '')
      // An id of a shop's.
      .replace(/gid:\/\/[^\s<]+/g, '')
  )
}

describe.each(['it', 'fr'])('a page in %s', (language) => {
  it.each(['/', '/runs', '/thresholds', '/segments', '/segments/plan', '/customer'])(
    'has no English word: %s',
    async (url) => {
      const { read } = await logIn({ application: createMemoryApplication(RICH) })
      const { statusCode, body } = await read(`${url}?lang=${language}`)
      expect(statusCode).toBe(200)
      expect(englishWordsIn(ownWords(body))).toEqual([])
    },
  )

  it('has none where it explains a customer', async () => {
    const { send, read } = await logIn({ application: createMemoryApplication(RICH) })
    await read(`/customer?lang=${language}`)
    const { statusCode, body } = await send(`/customer?lang=${language}`, { email: 'anna@example.com' })
    expect(statusCode).toBe(200)
    expect(englishWordsIn(ownWords(body))).toEqual([])
  })
})
