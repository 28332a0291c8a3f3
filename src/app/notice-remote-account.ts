import type { AccountServices } from './services.ts'

/**
 * Notices that the key now belongs to another account of the destination, and forgets what the former one held. Asks
 * only when the key has changed, or `always`.
 */
export async function noticeRemoteAccount(
  { destination, remoteAccount }: Pick<AccountServices, 'destination' | 'remoteAccount'>,
  { always, signal }: { always: boolean; signal: AbortSignal },
): Promise<void> {
  const { keyFingerprint } = destination
  const known = await remoteAccount.loadRemoteAccount()
  if (known?.keyFingerprint === keyFingerprint && !always) return
  const { id } = await destination.connector.fetchAccount(signal)
  if (known !== null && known.id !== id) await remoteAccount.forgetRemoteStates()
  if (known?.id !== id || known.keyFingerprint !== keyFingerprint) {
    await remoteAccount.saveRemoteAccount({ id, keyFingerprint })
  }
}
