import { type Call, type Handler, pickFields, toRelationship } from './answer.ts'
import { toWireInstant } from './clock.ts'
import { invalid, notFound, refuse } from './errors.ts'
import type { OperationId } from './limits.ts'
import { type Listing, listPage } from './paging.ts'
import { randomId } from './random-id.ts'
import type { World } from './world.ts'

interface Metric {
  readonly id: string
  readonly name: string
  readonly integration: {
    readonly object: 'integration'
    readonly id: string
    readonly name: string
    readonly category: object | string
  }
}

const MAPPINGS = [
  'revenue',
  'refunded_sales',
  'cancelled_sales',
  'ordered_product',
  'started_checkout',
  'viewed_product',
  'added_to_cart',
]

const LISTING: Listing<Metric> = {
  idOf: (metric) => metric.id,
  valueOf: (metric, field) => (field === 'integration.name' ? metric.integration.name : null),
}

/** The account's metrics, and which of them Klaviyo takes for revenue. They hold no events here. */
export function createMetricHandlers(world: World): Partial<Record<OperationId, Handler>> {
  const madeAtMs = world.clock.now()
  const metrics = createMetrics(world.settings.placedOrderMetric)
  const mapped: Readonly<Record<string, Metric | undefined>> = {
    revenue: metrics.find(({ name }) => name === 'Placed Order'),
    refunded_sales: metrics.find(({ name }) => name === 'Refunded Order'),
  }

  const toMetricResource = (metric: Metric, call: Call) => {
    const { id, name, integration } = metric
    const instant = toWireInstant(madeAtMs)
    const flows = call.query.include.includes('flow-triggers') ? [] : undefined
    return {
      type: 'metric',
      id,
      attributes: pickFields({ name, created: instant, updated: instant, integration }, call.query.fields['metric']),
      relationships: { 'flow-triggers': toRelationship(call.origin, 'metrics', id, 'flow-triggers', flows) },
      links: { self: `${call.origin}/api/metrics/${id}/` },
    }
  }
  const toMappingResource = (id: string, call: Call) => {
    const metric = mapped[id]
    const attributes = pickFields({ updated: toWireInstant(madeAtMs) }, call.query.fields['mapped-metric'])
    const links = { self: `${call.origin}/api/mapped-metrics/${id}/` }
    const resource = { type: 'mapped-metric', id, attributes, links }
    // Recorded: an unmapped one has no relationships at all.
    if (metric === undefined) return resource
    const data = { type: 'metric', id: metric.id }
    return { ...resource, relationships: { metric: toRelationship(call.origin, 'mapped-metrics', id, 'metric', data) } }
  }
  const toIncluded = (ids: readonly string[], call: Call) => {
    if (call.query.include.length === 0) return {}
    const wanted = call.query.include.includes('metric') ? ids.map((id) => mapped[id]) : []
    return { included: wanted.flatMap((metric) => (metric === undefined ? [] : [toMetricResource(metric, call)])) }
  }

  return {
    get_metrics(call) {
      const page = listPage(metrics, call, LISTING)
      if ('status' in page) return page
      const data = page.items.map((metric) => toMetricResource(metric, call))
      const included = call.query.include.length > 0 ? { included: [] } : {}
      return { status: 200, document: { data, ...included, links: page.links } }
    },
    get_metric(call) {
      const metric = metrics.find(({ id }) => id === call.params['id'])
      if (metric === undefined) return refuse(notFound(`A metric with id ${call.params['id']} does not exist.`))
      const included = call.query.include.length > 0 ? { included: [] } : {}
      return {
        status: 200,
        document: { data: toMetricResource(metric, call), ...included, links: { self: call.self } },
      }
    },
    get_mapped_metrics: (call) => ({
      status: 200,
      document: {
        data: MAPPINGS.map((id) => toMappingResource(id, call)),
        ...toIncluded(MAPPINGS, call),
        links: { self: call.self },
      },
    }),
    get_mapped_metric(call) {
      const id = call.params['id'] ?? ''
      // Recorded: 400, not 404.
      if (!MAPPINGS.includes(id))
        return refuse(invalid(`'${id}' is not a valid choice for 'id'.`, '/data/attributes/id'))
      return {
        status: 200,
        document: { data: toMappingResource(id, call), ...toIncluded([id], call), links: { self: call.self } },
      }
    },
  }
}

function createMetrics(placedOrder: boolean): readonly Metric[] {
  const shop = {
    object: 'integration',
    id: randomId(),
    name: 'Shopify',
    category: { id: '1', object: 'category', name: 'eCommerce' },
  } as const
  const own = { object: 'integration', id: randomId(), name: 'API', category: 'API' } as const
  const names = placedOrder ? ['Placed Order', 'Ordered Product', 'Refunded Order', 'Cancelled Order'] : []
  return [
    ...names.map((name) => ({ id: randomId(), name, integration: shop })),
    { id: randomId(), name: 'Newsletter Form Submitted', integration: own },
  ]
}
