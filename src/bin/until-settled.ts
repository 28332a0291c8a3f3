import { setTimeout as delay } from 'node:timers/promises'
import { throwIfAborted } from '../core/errors.ts'
import type { KlaviyoSandbox } from '../sandbox/klaviyo/index.ts'

/** Waits until the sandbox has given its segments their members (milliseconds with its fast clock). */
export async function untilSettled(klaviyo: KlaviyoSandbox, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + 20_000
  while (!klaviyo.state.isSettled() && Date.now() < deadline) {
    throwIfAborted(signal, 'waiting for the sandbox')
    await delay(50)
  }
}
