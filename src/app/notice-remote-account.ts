import type { AccountServices } from './services.ts'

/** Asked once for all the jobs of a sync, and not at every tick of a fast schedule. */
const TRUSTED_MS = 20_000

/**
 * Notices that the key now opens another account of the destination, and forgets what the former one held. Without
 * this nobody would be pushed after a change of accounts.
 */
export async function noticeRemoteAccount(
  { destination, remoteAccount }: Pick<AccountServices, 'destination' | 'remoteAccount'>,
  { now, signal }: { now: Date; signal: AbortSignal },
): Promise<void> {
  const { keyFingerprint } = destination
  const known = await remoteAccount.loadRemoteAccount()
  const fresh = known !== null && Math.abs(now.getTime() - known.checkedAt.getTime()) < TRUSTED_MS
  if (fresh && known.keyFingerprint === keyFingerprint) return
  const { id } = await destination.connector.fetchAccount(signal)
  if (known !== null && known.id !== id) await remoteAccount.forgetRemoteStates()
  await remoteAccount.saveRemoteAccount({ id, keyFingerprint, checkedAt: now })
}
