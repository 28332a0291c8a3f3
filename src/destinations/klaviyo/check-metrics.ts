import type { Finding } from '../../core/finding.ts'
import type { KlaviyoClient } from './client.ts'
import { OPERATIONS } from './limits.ts'
import { samplePredictions } from './predictions.ts'
import { mappedMetric, metric } from './schema.ts'

/** Whether the account knows orders of its own (a Placed Order metric) and which metric it takes for revenue. */
export async function checkMetrics(client: KlaviyoClient, signal: AbortSignal): Promise<Finding[]> {
  const subject = 'klaviyo metrics'
  const metrics = new Map<string, string>()
  const placed: string[] = []
  for await (const page of client.readPages(OPERATIONS.listMetrics, metric, { signal })) {
    for (const { id, attributes } of page) {
      const from = attributes.integration?.name ?? 'an unknown integration'
      metrics.set(id, `${attributes.name} (${from})`)
      if (attributes.name === 'Placed Order') placed.push(from)
    }
  }
  const revenueId = await fetchRevenueMetricId(client, signal)
  const revenue = revenueId === null ? 'none' : (metrics.get(revenueId) ?? 'a custom metric')
  if (placed.length === 0) {
    return [
      {
        level: 'note',
        subject,
        message: `no Placed Order metric, and ${revenue} is mapped to revenue: Klaviyo computes no average order value of its own here. Ours (basis: property) does not need one`,
      },
    ]
  }
  const message = `Placed Order comes from ${placed.join(', ')}; mapped to revenue is ${revenue}`
  if (placed.length === 1) return [{ level: 'ok', subject, message }]
  return [
    {
      level: 'warning',
      subject,
      message: `${message}: with several, Klaviyo's own figures count one of them only`,
      action:
        'look at Settings > Metrics in Klaviyo before using basis: predictive; ours (basis: property) is not affected',
    },
  ]
}

async function fetchRevenueMetricId(client: KlaviyoClient, signal: AbortSignal): Promise<string | null> {
  const query = { include: 'metric,custom-metric' }
  for await (const page of client.readPages(OPERATIONS.listMappedMetrics, mappedMetric, { query, signal })) {
    const links = page.find(({ id }) => id === 'revenue')?.relationships
    if (links) return links.metric?.data?.id ?? links['custom-metric']?.data?.id ?? null
  }
  return null
}

/** Whether Klaviyo fills its own average order value; `isNeeded`: segments are configured that ask for it. */
export async function checkPredictions(
  client: KlaviyoClient,
  isNeeded: boolean,
  signal: AbortSignal,
): Promise<Finding[]> {
  const subject = 'klaviyo predictive analytics'
  const { looked, filled } = await samplePredictions(client, signal)
  if (filled > 0) {
    return [
      {
        level: 'ok',
        subject,
        message: `Klaviyo's own average order value is there (${filled} of ${looked} profiles looked at): segments with basis: predictive can be used. It may differ from ours, which follows your policy`,
      },
    ]
  }
  const message =
    "none of the profiles looked at has an average order value of Klaviyo's own (it needs a Placed Order metric, 500 buyers and 180 days of orders): segments with basis: predictive would stay empty"
  if (!isNeeded) return [{ level: 'note', subject, message: `${message}. Use basis: property, the default` }]
  return [
    {
      level: 'warning',
      subject,
      message: `${message}, and a sync does not write them`,
      action:
        'take basis: predictive out of the segments that have it: ours (basis: property) needs nothing of Klaviyo',
    },
  ]
}
