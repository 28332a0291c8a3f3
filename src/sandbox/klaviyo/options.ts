import type { PredictiveValues } from './predictive.ts'

/** What a caller may choose. Times in milliseconds. Everything marked UNVERIFIED in `../README.md` has its switch here. */
export interface KlaviyoSandboxOptions {
  /** 0 or absent: any free port. */
  readonly port?: number
  /** Default 127.0.0.1. */
  readonly host?: string
  /** What takes minutes at Klaviyo takes milliseconds. Rate-limit windows keep their real length. */
  readonly fast?: boolean
  /** Private keys and what each may do. Default: any `pk_…` key may do everything, unless it contains `wrong`. */
  readonly apiKeys?: Readonly<Record<string, readonly string[] | 'all'>>
  readonly account?: { readonly id?: string; readonly currency?: string; readonly timezone?: string }
  /** Milliseconds since the epoch; default the machine's clock. */
  readonly now?: () => number
  /** false: windows are counted and shown, and nobody is refused. */
  readonly enforceLimits?: boolean
  readonly importRowsPerSecond?: number
  /** From creating or changing a segment to its membership. */
  readonly segmentDelayMs?: number
  /** From changing a profile to its segments. */
  readonly reevaluationDelayMs?: number
  /** Klaviyo's own figures by e-mail address; absent, the account is not eligible and all are null. */
  readonly predictive?: Readonly<Record<string, PredictiveValues>>
  /** Whether `less-than` matches a profile without the property. Default true. */
  readonly missingMatchesLessThan?: boolean
  /** What a null property in a bulk import does. Default `ignore`; it always clears elsewhere. */
  readonly bulkNulls?: 'ignore' | 'clear'
  /** Whether a second tag of the same name is refused. Default false. */
  readonly uniqueTagNames?: boolean
  /** Whether the account has a Placed Order metric, mapped as its revenue. Default true. */
  readonly placedOrderMetric?: boolean
}

/** The options with every default filled in. */
export interface Settings {
  readonly apiKeys: Readonly<Record<string, readonly string[] | 'all'>> | null
  readonly account: { readonly id: string; readonly currency: string; readonly timezone: string }
  readonly enforceLimits: boolean
  readonly importQueueDelayMs: number
  readonly importRowsPerSecond: number
  readonly segmentDelayMs: number
  readonly reevaluationDelayMs: number
  readonly missingMatchesLessThan: boolean
  readonly bulkNulls: 'ignore' | 'clear'
  readonly uniqueTagNames: boolean
  readonly placedOrderMetric: boolean
}

const REAL = {
  importQueueDelayMs: 2_000,
  importRowsPerSecond: 1_000,
  segmentDelayMs: 9 * 60_000,
  reevaluationDelayMs: 60_000,
}
const FAST = {
  importQueueDelayMs: 5,
  importRowsPerSecond: Number.POSITIVE_INFINITY,
  segmentDelayMs: 30,
  reevaluationDelayMs: 20,
}

/** Fills in the defaults: `fast` chooses a set of timings, a timing given by name wins over it. */
export function toSettings(options: KlaviyoSandboxOptions): Settings {
  const timing = options.fast === true ? FAST : REAL
  return {
    apiKeys: options.apiKeys ?? null,
    account: {
      id: options.account?.id ?? 'ScNtr1',
      currency: options.account?.currency ?? 'USD',
      timezone: options.account?.timezone ?? 'UTC',
    },
    enforceLimits: options.enforceLimits ?? true,
    importQueueDelayMs: timing.importQueueDelayMs,
    importRowsPerSecond: options.importRowsPerSecond ?? timing.importRowsPerSecond,
    segmentDelayMs: options.segmentDelayMs ?? timing.segmentDelayMs,
    reevaluationDelayMs: options.reevaluationDelayMs ?? timing.reevaluationDelayMs,
    missingMatchesLessThan: options.missingMatchesLessThan ?? true,
    bulkNulls: options.bulkNulls ?? 'ignore',
    uniqueTagNames: options.uniqueTagNames ?? false,
    placedOrderMetric: options.placedOrderMetric ?? true,
  }
}
