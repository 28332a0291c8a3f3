import type { AccountServices } from '../src/app/services.ts'
import { AuthError } from '../src/core/errors.ts'

/**
 * Refuses work for a connector that is paused; a pause of a former key ends here.
 * @throws AuthError with the reason of the pause
 */
export async function refusePaused(services: AccountServices, connector: string | null): Promise<void> {
  const keyFingerprint = connector === null ? undefined : fingerprintOf(services, connector)
  if (connector === null || keyFingerprint === undefined) return
  const { pauses } = services
  const pause = (await pauses.loadPauses()).find((one) => one.connector === connector)
  if (pause === undefined) return
  if ((await pauses.loadPause(connector, keyFingerprint)) === null) {
    await pauses.resume(connector)
    return
  }
  throw new AuthError(
    `${connector} is paused since ${pause.pausedAt.toISOString()}: ${pause.reason}; give it a new key, or run \`scontrino check\` once the old one works again`,
  )
}

/** Pauses a connector whose key was refused, keeping the reason and instant of the first refusal. */
export async function pauseRefused(services: AccountServices, connector: string, error: AuthError): Promise<void> {
  const { pauses } = services
  const keyFingerprint = fingerprintOf(services, connector)
  if (keyFingerprint === undefined || (await pauses.loadPause(connector, keyFingerprint)) !== null) return
  await pauses.pause(connector, keyFingerprint, error.message)
}

function fingerprintOf({ sources, destination }: AccountServices, connector: string): string | undefined {
  return connector === 'klaviyo' ? destination.keyFingerprint : sources.get(connector)?.keyFingerprint
}
