import { throwIfAborted } from '../core/errors.ts'
import type { StoreCounts, StoreNumbersStore } from '../core/store-numbers.ts'
import type { OnProgress } from './services.ts'

/**
 * Brings the store's numbers up to date, the newest quarter first, since that is what people look at. Stopped between two
 * quarters it has lost nothing: what is not computed stays dirty.
 */
export async function computeStore(
  { storeNumbers }: { storeNumbers: Pick<StoreNumbersStore, 'computeQuarter' | 'countDirty'> },
  { onProgress, signal }: { onProgress: OnProgress; signal: AbortSignal },
): Promise<StoreCounts> {
  let periods = 0
  let before: string | null = null
  for (;;) {
    const step: { quarter: string; periods: number } | null = await storeNumbers.computeQuarter(before)
    if (step === null) return { periods }
    periods += step.periods
    before = step.quarter
    onProgress({
      step: 'computing the store',
      done: periods,
      total: periods + (await storeNumbers.countDirty()),
      unit: 'periods',
    })
    throwIfAborted(signal, 'computing the store’s numbers')
  }
}
