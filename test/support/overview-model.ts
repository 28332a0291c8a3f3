import { gapInterval, meanInterval } from '../../src/core/numbers/bootstrap.ts'
import { toHistogram } from '../../src/core/numbers/histogram.ts'
import { type PeriodNumbers, type StoredNumbers, toPeriods } from '../../src/core/numbers/overview.ts'
import type { PeriodLength } from '../../src/core/numbers/report.ts'
import { toTopShare } from '../../src/core/numbers/top-share.ts'
import { NOW } from './ledger-arbitraries.ts'
import type { ModelPeriod } from './store-model.ts'

/** The model's periods as the page gets them, intervals and all. */
export function overviewOf(model: readonly ModelPeriod[], by: PeriodLength, timezone: string): PeriodNumbers[] {
  const sampleOf = ({ values, revenueMinor }: ModelPeriod) => ({ histogram: toHistogram(values), revenueMinor })
  const rows = model.map(({ values, ...line }): StoredNumbers => {
    const own = sampleOf({ values, ...line })
    const fresh = model.find(({ period, kind }) => period === line.period && kind === 'new')
    const gap = line.kind === 'recurring' && fresh !== undefined ? gapInterval(own, sampleOf(fresh)) : null
    return {
      ...line,
      interval: line.kind === 'identified' ? meanInterval(own) : gap,
      topShare: line.kind === 'identified' ? toTopShare(own.histogram, line.revenueMinor) : null,
    }
  })
  return toPeriods(rows, { by, timezone, now: NOW })
}
