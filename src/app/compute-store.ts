import type { StoreCounts, StoreNumbersStore } from '../core/numbers/store-numbers.ts'
import type { OnProgress } from './services.ts'

/** Longer than this nobody at a terminal waits for the quarter in hand, however large the shop. */
const LAST_QUARTER_MS = 3_000

/**
 * Brings the store's numbers up to date, the newest quarter first, since that is what people look at. Stopped between two
 * quarters it tells what is left, which stays dirty.
 * @throws AbortedError when it was stopped and the quarter in hand took too long; nothing of it is stored
 */
export async function computeStore(
  { storeNumbers }: { storeNumbers: Pick<StoreNumbersStore, 'computeQuarter' | 'countDirty'> },
  { onProgress, signal }: { onProgress: OnProgress; signal: AbortSignal },
): Promise<StoreCounts> {
  const late = new AbortController()
  signal.addEventListener('abort', () => setTimeout(() => late.abort(), LAST_QUARTER_MS).unref(), { once: true })
  let periods = 0
  let before: string | null = null
  while (!signal.aborted) {
    const step: { quarter: string; periods: number } | null = await storeNumbers.computeQuarter(before, late.signal)
    if (step === null) return { periods, left: 0 }
    periods += step.periods
    before = step.quarter
    const total = periods + (await storeNumbers.countDirty())
    onProgress({ step: 'computing the store', done: periods, total, unit: 'periods' })
  }
  return { periods, left: await storeNumbers.countDirty() }
}
