import type { KlaviyoClient } from './client.ts'
import { OPERATIONS } from './limits.ts'
import { predictedProfile } from './schema.ts'

/**
 * Of the hundred profiles that changed last, as those of recent buyers do, how many have an average order value of
 * Klaviyo's own. An account that is not eligible (500 buyers, 180 days of orders, one in the last 30) answers nulls, not
 * an error.
 */
export async function samplePredictions(
  client: KlaviyoClient,
  signal: AbortSignal,
): Promise<{ readonly looked: number; readonly filled: number }> {
  const query = {
    'additional-fields[profile]': 'predictive_analytics',
    'fields[profile]': 'predictive_analytics.average_order_value',
    'page[size]': '100',
    sort: '-updated',
  }
  for await (const page of client.readPages(OPERATIONS.samplePredictions, predictedProfile, { query, signal })) {
    const filled = page.filter(
      ({ attributes }) => typeof attributes.predictive_analytics?.average_order_value === 'number',
    )
    return { looked: page.length, filled: filled.length }
  }
  return { looked: 0, filled: 0 }
}
