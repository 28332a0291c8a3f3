import { pullKind } from '../../jobs/pull-orders.ts'
import { StoreError } from '../core/errors.ts'
import type { Queryable } from '../store/database.ts'
import { loadDeadLetterSources } from '../store/orders/dead-letter-sources.ts'
import type { OpenAccount } from './account-services.ts'
import { onceFree, PATIENCE_MS } from './once-free.ts'

/**
 * Makes refused profiles pending again and puts sources with dead letters back to their beginning. A pull that runs
 * would write its own cursor over that, so it is waited for.
 * @throws StoreError naming the sources that were still being read after `patienceMs`; the rest is done
 */
export async function retryRejects(
  ledger: Queryable,
  account: Omit<OpenAccount, 'settings'>,
  { patienceMs = PATIENCE_MS }: { patienceMs?: number } = {},
): Promise<{ refused: number; sources: readonly string[] }> {
  const { ledgerAccount, profiles, sources } = account
  const refused = await profiles.retryRefused()
  const rejecting = await loadDeadLetterSources(ledger, ledgerAccount.accountId)
  const wanted = rejecting.filter((source) => sources.has(source))
  const deadlineMs = performance.now() + patienceMs
  const busy: string[] = []
  for (const source of wanted) {
    const reset = async () => {
      await account.orders.resetCursor(source)
      return true
    }
    if ((await onceFree(account, pullKind(source), reset, deadlineMs - performance.now())) === null) busy.push(source)
  }
  if (busy.length > 0) {
    throw new StoreError(
      `a pull is running that reads ${busy.join(', ')}, so that it could not be put back to the beginning; run scontrino retry again when the pull has ended (profiles to push again: ${refused})`,
      { sources: busy.join(' '), refused },
    )
  }
  return { refused, sources: wanted }
}
