import { setImmediate } from 'node:timers/promises'
import { gapInterval, meanInterval, type OrderSample } from '../../core/numbers/bootstrap.ts'
import type { Interval, TopShare } from '../../core/numbers/overview.ts'
import { toTopShare } from '../../core/numbers/top-share.ts'
import type { CountedPeriod } from './period-numbers.ts'

/** A period with what is told from its histogram beside the numbers. */
export interface ToldPeriod extends CountedPeriod {
  readonly interval: Interval | null
  readonly topShare: TopShare | null
}

/** Adds intervals and the share of the largest orders. New and recurring customers of a period have to come together. */
export async function tellPeriods(lines: readonly CountedPeriod[]): Promise<ToldPeriod[]> {
  const byPeriod = Map.groupBy(lines, ({ length, period }) => `${length} ${period}`)
  const told: ToldPeriod[] = []
  for (const together of byPeriod.values()) {
    for (const line of together) {
      told.push({ ...line, ...tell(line, together) })
      // Milliseconds of resampling each: whoever asks this process for something meanwhile is answered in between.
      await setImmediate()
    }
  }
  return told
}

function tell(line: CountedPeriod, together: readonly CountedPeriod[]): Pick<ToldPeriod, 'interval' | 'topShare'> {
  if (line.kind === 'identified') {
    const sample = toSample(line)
    return { interval: meanInterval(sample), topShare: toTopShare(sample.histogram, line.revenueMinor) }
  }
  const fresh = together.find(
    ({ kind, definition }) => line.kind === 'recurring' && kind === 'new' && definition === line.definition,
  )
  return { interval: fresh === undefined ? null : gapInterval(toSample(line), toSample(fresh)), topShare: null }
}

function toSample({ histogram, revenueMinor }: CountedPeriod): OrderSample {
  return { histogram: histogram.map(([bin, orders, sumMinor]) => ({ bin, orders, sumMinor })), revenueMinor }
}
