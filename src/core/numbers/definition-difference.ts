/** One place where what is wanted differs from what is there; JSON text on both sides, null where there is nothing. */
export interface Difference {
  /** `condition_groups[0].conditions[0].filter.value` */
  readonly path: string
  readonly from: string | null
  readonly to: string | null
}

/** Where two JSON values differ. Keys that only the old one has are the vendor's own additions, and no difference. */
export function findDifferences(former: unknown, wanted: unknown, path = ''): Difference[] {
  if (Array.isArray(former) && Array.isArray(wanted)) {
    const length = Math.max(former.length, wanted.length)
    return Array.from({ length }).flatMap((_, index) =>
      findDifferences(former[index], wanted[index], `${path}[${index}]`),
    )
  }
  if (isObject(former) && isObject(wanted)) {
    return Object.keys(wanted).flatMap((key) =>
      findDifferences(former[key], wanted[key], path === '' ? key : `${path}.${key}`),
    )
  }
  const from = former === undefined ? null : JSON.stringify(former)
  const to = wanted === undefined ? null : JSON.stringify(wanted)
  return from === to ? [] : [{ path, from, to }]
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
