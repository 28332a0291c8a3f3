import { randomUUID } from 'node:crypto'

/** A tag and the segments and campaigns that carry it. */
export interface StoredTag {
  readonly id: string
  name: string
  readonly segmentIds: Set<string>
  readonly campaignIds: Set<string>
}

/** All tags. They are in the account's default tag group: the sandbox has no other. */
export interface TagStore {
  readonly groupId: string
  create(name: string): StoredTag
  get(id: string): StoredTag | undefined
  /** In the order of their creation. */
  list(): readonly StoredTag[]
  remove(id: string): void
  ofSegment(segmentId: string): readonly StoredTag[]
  ofCampaign(campaignId: string): readonly StoredTag[]
  forgetSegment(segmentId: string): void
}

/** No tags yet. */
export function createTagStore(): TagStore {
  const tags = new Map<string, StoredTag>()
  return {
    groupId: randomUUID(),
    create(name) {
      const tag = { id: randomUUID(), name, segmentIds: new Set<string>(), campaignIds: new Set<string>() }
      tags.set(tag.id, tag)
      return tag
    },
    get: (id) => tags.get(id),
    list: () => [...tags.values()],
    remove: (id) => void tags.delete(id),
    ofSegment: (segmentId) => [...tags.values()].filter(({ segmentIds }) => segmentIds.has(segmentId)),
    ofCampaign: (campaignId) => [...tags.values()].filter(({ campaignIds }) => campaignIds.has(campaignId)),
    forgetSegment(segmentId) {
      for (const { segmentIds } of tags.values()) segmentIds.delete(segmentId)
    },
  }
}
