import type { Handler } from './answer.ts'
import { toWireInstant } from './clock.ts'
import type { OperationId } from './limits.ts'
import { type Listing, listPage } from './paging.ts'
import { FLOW_TRIGGER, toFlowResource } from './segment-document.ts'
import type { StoredFlow } from './segment-store.ts'
import type { World } from './world.ts'

const LISTING: Listing<StoredFlow> = {
  idOf: (flow) => flow.id,
  valueOf(flow, field) {
    if (field === 'created' || field === 'updated') return Date.parse(toWireInstant(flow.createdAtMs))
    if (field === 'archived') return false
    if (field === 'trigger_type') return FLOW_TRIGGER
    if (field === 'status') return flow.status
    return field === 'id' ? flow.id : flow.name
  },
}

/** Flows: only those that start from segments exist here, and they do nothing. */
export function createFlowHandlers(world: World): Partial<Record<OperationId, Handler>> {
  return {
    get_flows(call) {
      const flows = world.segments.list().flatMap((segment) => segment.flows)
      const page = listPage(flows, call, LISTING)
      if ('status' in page) return page
      return {
        status: 200,
        document: { data: page.items.map((flow) => toFlowResource(flow, call)), links: page.links },
      }
    },
  }
}
