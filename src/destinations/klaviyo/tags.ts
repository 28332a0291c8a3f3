import type { KlaviyoClient } from './client.ts'
import { equalsFilter } from './filter.ts'
import { MAX_TAGGED_AT_ONCE, OPERATIONS } from './limits.ts'
import { documentOf, reference, tag } from './schema.ts'

/** The tag that marks segments and campaigns as ours in Klaviyo. */
const OUR_TAG = 'scontrino'

/** What of ours may carry the tag. */
type Tagged = 'segment' | 'campaign'

const LISTS = { segment: OPERATIONS.listTaggedSegments, campaign: OPERATIONS.listTaggedCampaigns } as const
const PUTS = { segment: OPERATIONS.tagSegments, campaign: OPERATIONS.tagCampaigns } as const

/** Ids of the segments or campaigns that carry our tag; empty when the account has no such tag. */
export async function fetchTaggedIds(
  client: KlaviyoClient,
  type: Tagged,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const ids = new Set<string>()
  const tagId = await findTag(client, signal)
  if (tagId === null) return ids
  for await (const page of client.readPages(LISTS[type], reference, { id: tagId, signal })) {
    for (const { id } of page) ids.add(id)
  }
  return ids
}

/** Puts our tag on things of one type. Looking for the tag first finds the one whose creation was never answered. */
export async function putTag(
  client: KlaviyoClient,
  type: Tagged,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  if (ids.length === 0) return
  const tagId = (await findTag(client, signal)) ?? (await createTag(client, signal))
  for (let from = 0; from < ids.length; from += MAX_TAGGED_AT_ONCE) {
    const data = ids.slice(from, from + MAX_TAGGED_AT_ONCE).map((id) => ({ type, id }))
    await client.send(PUTS[type], { id: tagId, body: { data }, signal })
  }
}

async function findTag(client: KlaviyoClient, signal: AbortSignal): Promise<string | null> {
  const query = { filter: equalsFilter('name', OUR_TAG) }
  for await (const page of client.readPages(OPERATIONS.listTags, tag, { query, signal })) {
    const ours = page.find(({ attributes }) => attributes.name === OUR_TAG)
    if (ours !== undefined) return ours.id
  }
  return null
}

async function createTag(client: KlaviyoClient, signal: AbortSignal): Promise<string> {
  const body = { data: { type: 'tag', attributes: { name: OUR_TAG } } }
  const { data } = await client.call(OPERATIONS.createTag, documentOf(reference), { body, signal })
  return data.id
}
