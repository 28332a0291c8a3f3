import type { AccountSettings } from '../../src/core/account.ts'
import type { CustomerAggregate, StoredAggregate } from '../../src/core/customers/aggregate-store.ts'
import { toMajor } from '../../src/core/money.ts'
import { nextBand } from '../../src/core/thresholds/band.ts'
import { toBandRule } from '../../src/core/thresholds/following.ts'

/** Aggregates as the ledger would hold them for somebody who was never computed before. */
export function toStored(
  aggregate: CustomerAggregate | null,
  settings: Pick<AccountSettings, 'bands' | 'currency'>,
  now: Date,
): StoredAggregate | null {
  if (aggregate === null) return null
  const rule = toBandRule(settings)
  const held = rule === null ? null : nextBand(null, toMajor(aggregate.aovMinor, settings.currency), rule, now)
  return { ...aggregate, changedAt: now, band: held?.band ?? null, bandSince: held?.since ?? null }
}
