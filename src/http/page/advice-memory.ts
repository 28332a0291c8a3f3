import { createHash } from 'node:crypto'
import type { Distribution } from '../../core/numbers/distribution.ts'
import type { ThresholdAdvice } from '../../core/thresholds/threshold-advice.ts'
import type { HttpApplication } from '../application.ts'

/**
 * Keeps each account's advice for as long as its customers are the same, and for some minutes when they are not: working it
 * out takes seconds in a large shop, whose webhooks change a customer several times a second.
 */
export interface AdviceMemory {
  /** `distribution`: the customers it is about. Asked again meanwhile, all wait for the one that is being worked out. */
  advise(account: string, distribution: Distribution): Promise<ThresholdAdvice>
  /** Null: it would have to be worked out, or waited for. */
  find(account: string, distribution: Distribution): ThresholdAdvice | null
}

/** As many classes as there are bands. */
const CLASSES = 3
/** Some customers more or less move no advice that is worth taking. */
const KEPT_MS = 5 * 60_000
/** Nobody waits for so long; a question that is never answered must not stand in the way of the next. */
const LONGEST_MS = 2 * 60_000

/** A memory of this process. What is being worked out when `stopping` fires is given up. */
export function createAdviceMemory(
  application: Pick<HttpApplication, 'thresholds'>,
  stopping: AbortSignal,
  now: () => number = Date.now,
): AdviceMemory {
  const entries = new Map<string, Entry>()
  const entryOf = (account: string, distribution: Distribution) => {
    const entry = entries.get(account)
    if (entry === undefined) return null
    return now() - entry.askedAt < KEPT_MS || entry.version === versionOf(distribution) ? entry : null
  }
  return {
    find: (account, distribution) => entryOf(account, distribution)?.known ?? null,
    advise(account, distribution) {
      const kept = entryOf(account, distribution)
      if (kept !== null) return kept.advice
      const signal = AbortSignal.any([stopping, AbortSignal.timeout(LONGEST_MS)])
      const advice = application.thresholds(account, { window: 'lifetime', classes: CLASSES }, signal)
      const entry: Entry = { version: versionOf(distribution), askedAt: now(), advice, known: null }
      entries.set(account, entry)
      advice.then(
        (known) => {
          entry.known = known
        },
        // What failed is worked out anew the next time.
        () => entries.get(account) === entry && entries.delete(account),
      )
      return advice
    },
  }
}

interface Entry {
  readonly version: string
  readonly askedAt: number
  readonly advice: Promise<ThresholdAdvice>
  /** Null until it is worked out. */
  known: ThresholdAdvice | null
}

/** The same customers and no others, as far as the page tells them apart. */
function versionOf(distribution: Distribution): string {
  return createHash('sha256').update(JSON.stringify(distribution)).digest('base64')
}
