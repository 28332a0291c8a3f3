import { RemoteRejectedError } from '../../core/errors.ts'
import type { FlowTrigger, RemoteSegment, SegmentSize } from '../../core/segments/segment.ts'
import type { KlaviyoClient } from './client.ts'
import { anyFilters } from './filter.ts'
import { OPERATIONS } from './limits.ts'
import { countedSegment, documentOf, flow, reference, segment } from './schema.ts'
import { fetchTaggedIds } from './tags.ts'

/** Segments with one of these ids, one of these names, or our tag; each once. */
export async function fetchSegments(
  client: KlaviyoClient,
  wanted: { readonly ids: readonly string[]; readonly names: readonly string[] },
  signal: AbortSignal,
): Promise<RemoteSegment[]> {
  const taggedIds = await fetchTaggedIds(client, 'segment', signal)
  const filters = [...anyFilters('id', [...wanted.ids, ...taggedIds]), ...anyFilters('name', wanted.names)]
  const found = new Map<string, RemoteSegment>()
  for (const filter of filters) {
    const query = { filter, 'fields[segment]': 'name,definition', 'page[size]': '10' }
    for await (const page of client.readPages(OPERATIONS.listSegments, segment, { query, signal })) {
      for (const { id, attributes } of page) {
        found.set(id, {
          id,
          name: attributes.name ?? '',
          definition: attributes.definition,
          tagged: taggedIds.has(id),
        })
      }
    }
  }
  return [...found.values()]
}

/** Creates a segment and answers its id. Klaviyo knows no idempotency key: after a lost answer look before repeating. */
export async function createSegment(
  client: KlaviyoClient,
  name: string,
  definition: unknown,
  signal: AbortSignal,
): Promise<string> {
  const body = { data: { type: 'segment', attributes: { name, definition, is_starred: false } } }
  const { data } = await client.call(OPERATIONS.createSegment, documentOf(reference), { body, signal })
  return data.id
}

/** Changes name, definition or both; what is absent stays. */
export async function updateSegment(
  client: KlaviyoClient,
  id: string,
  change: { readonly name?: string; readonly definition?: unknown },
  signal: AbortSignal,
): Promise<void> {
  const body = { data: { type: 'segment', id, attributes: change } }
  await client.call(OPERATIONS.updateSegment, documentOf(reference), { id, body, signal })
}

/** Deletes a segment; one that is gone already is deleted. */
export async function deleteSegment(client: KlaviyoClient, id: string, signal: AbortSignal): Promise<void> {
  try {
    await client.send(OPERATIONS.deleteSegment, { id, signal })
  } catch (error) {
    if (!(error instanceof RemoteRejectedError && error.status === 404)) throw error
  }
}

/** Members now. Not final for a quarter of an hour after a change, whatever `is_processing` says. */
export async function fetchSegmentSize(client: KlaviyoClient, id: string, signal: AbortSignal): Promise<SegmentSize> {
  const query = { 'additional-fields[segment]': 'profile_count', 'fields[segment]': 'is_processing,profile_count' }
  const { data } = await client.call(OPERATIONS.countMembers, documentOf(countedSegment), { id, query, signal })
  const { profile_count, is_processing } = data.attributes
  return { members: profile_count ?? null, isProcessing: is_processing ?? false }
}

/** Flows that start when somebody enters the segment. */
export async function fetchFlowTriggers(
  client: KlaviyoClient,
  id: string,
  signal: AbortSignal,
): Promise<readonly FlowTrigger[]> {
  const triggers: FlowTrigger[] = []
  const query = { 'fields[flow]': 'name,status' }
  for await (const page of client.readPages(OPERATIONS.listFlowTriggers, flow, { id, query, signal })) {
    triggers.push(
      ...page.map(({ id: flowId, attributes }) => ({
        id: flowId,
        name: attributes.name ?? '',
        status: attributes.status ?? 'unknown',
      })),
    )
  }
  return triggers
}
