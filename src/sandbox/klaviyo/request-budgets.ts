import type { Bucket } from './limiter.ts'
import { EXTRA_LIMITS, RATE_LIMITS } from './limits.ts'
import type { Operation } from './operation.ts'
import type { Query } from './query.ts'

/** The budgets a request takes from: its operation's, and those of what it asks for besides. */
export function bucketsOf(operation: Operation, query: Query): readonly Bucket[] {
  const buckets: Bucket[] = [{ name: operation.id, limit: RATE_LIMITS[operation.id] }]
  if (query.additional.includes('predictive_analytics')) {
    buckets.push({ name: 'predictive_analytics', limit: EXTRA_LIMITS.predictiveAnalytics })
  }
  if (query.additional.includes('profile_count')) {
    buckets.push({ name: 'profile_count', limit: EXTRA_LIMITS.profileCount })
  }
  for (const name of ['lists', 'segments']) {
    if (operation.id === 'get_profile' && query.include.includes(name)) {
      buckets.push({ name: `get_profile include=${name}`, limit: EXTRA_LIMITS.profileIncludes })
    }
  }
  return buckets
}
