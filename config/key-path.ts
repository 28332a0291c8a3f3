/** Place of a value in the configuration file: keys of mappings and indexes of lists, from the outside in. */
export type KeyPath = readonly (string | number)[]

/** A path as people read it: `accounts.main.segments[0].where`. */
export function keyPathText(path: KeyPath): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`
    return text === '' ? step : `${text}.${step}`
  }, '')
}

/** The value at a path; undefined when there is none. */
export function valueAt(root: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>((value, step) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    return (value as Record<string | number, unknown>)[step]
  }, root)
}

/**
 * Whether a key we do not know may be printed: only a plain word. A secret typed where a key belongs has digits or is
 * long, and must not reach a log.
 */
export function isPrintableKey(key: string): boolean {
  return /^[A-Za-z][A-Za-z_-]{0,29}$/.test(key)
}
