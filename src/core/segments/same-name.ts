import type { SegmentSpec } from './segment.ts'

/** Names that several segments would have, with the keys of these, in their order. */
export function findSameNames(
  segments: readonly Pick<SegmentSpec, 'key' | 'name'>[],
): { readonly name: string; readonly keys: readonly string[] }[] {
  const byName = Map.groupBy(segments, ({ name }) => name)
  return [...byName].flatMap(([name, group]) => (group.length < 2 ? [] : [{ name, keys: group.map(({ key }) => key) }]))
}
