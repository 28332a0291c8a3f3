import type { RemoteAccount } from '../../core/destination.ts'
import { ContractError } from '../../core/errors.ts'
import type { KlaviyoClient } from './client.ts'
import { OPERATIONS } from './limits.ts'
import { account } from './schema.ts'

/** The account behind a key, and whether Klaviyo calls it a test account. */
export interface KlaviyoAccount extends RemoteAccount {
  readonly test: boolean
}

/** Asks which account the key belongs to; the cheapest call that proves a key. */
export async function fetchAccount(client: KlaviyoClient, signal: AbortSignal): Promise<KlaviyoAccount> {
  for await (const [found] of client.readPages(OPERATIONS.fetchAccount, account, { signal })) {
    if (found === undefined) break
    const { preferred_currency, timezone, test_account } = found.attributes
    return { id: found.id, currency: preferred_currency, timezone, test: test_account }
  }
  throw new ContractError('asking for the Klaviyo account: the answer names none', {})
}
