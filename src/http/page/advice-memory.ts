import type { ThresholdAdvice } from '../../core/thresholds/threshold-advice.ts'
import type { HttpApplication } from '../application.ts'

/** Keeps each account's advice for as long as its customers are the same: working it out takes seconds in a large shop. */
export interface AdviceMemory {
  /** `version` says which customers it is about. Asked again meanwhile, all wait for the one that is being worked out. */
  advise(account: string, version: string): Promise<ThresholdAdvice>
  /** Null: it would have to be worked out. */
  find(account: string, version: string): Promise<ThresholdAdvice> | null
}

/** As many classes as there are bands. */
const CLASSES = 3

/** A memory of this process. */
export function createAdviceMemory(application: Pick<HttpApplication, 'thresholds'>): AdviceMemory {
  const known = new Map<string, { readonly version: string; readonly advice: Promise<ThresholdAdvice> }>()
  const find = (account: string, version: string) => {
    const kept = known.get(account)
    return kept?.version === version ? kept.advice : null
  }
  return {
    find,
    advise(account, version) {
      const kept = find(account, version)
      if (kept !== null) return kept
      const advice = application.thresholds(account, { window: 'lifetime', classes: CLASSES })
      const entry = { version, advice }
      known.set(account, entry)
      // What failed is worked out anew the next time.
      advice.catch(() => known.get(account) === entry && known.delete(account))
      return advice
    },
  }
}
