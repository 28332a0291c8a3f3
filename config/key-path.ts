import { PROPERTY_NAMES } from '../src/core/profiles/property-names.ts'

/** Place of a value in the configuration file: keys of mappings and indexes of lists, from the outside in. */
export type KeyPath = readonly (string | number)[]

/**
 * A path as people read it: `accounts.main.segments[0].where`. A key that is neither a plain word nor a name of an
 * account or a source is shown as `…`: it may be a secret in the wrong place.
 */
export function keyPathText(path: KeyPath): string {
  return path.reduce<string>((text, step, index) => {
    if (typeof step === 'number') return `${text}[${step}]`
    const shown = isPlainWord(step) || (isNamePlace(path, index) && isName(step)) ? step : '…'
    return text === '' ? shown : `${text}.${shown}`
  }, '')
}

/** Whether a text can name an account or a source. */
export function isName(text: string): boolean {
  return /^[a-z0-9-]{1,40}$/.test(text)
}

/** A variable's name for people; one that does not look like one may be a secret put between the braces. */
export function variableText(name: string): string {
  return isPlainWord(name) || /^[A-Z][A-Z0-9_]{0,59}$/.test(name) ? name : '(not shown)'
}

/** The value at a path; undefined when there is none. */
export function valueAt(root: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>((value, step) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    return (value as Record<string | number, unknown>)[step]
  }, root)
}

function isPlainWord(text: string): boolean {
  return /^[A-Za-z][A-Za-z_-]{0,29}$/.test(text) || (PROPERTY_NAMES as readonly string[]).includes(text)
}

function isNamePlace(path: KeyPath, index: number): boolean {
  return path[0] === 'accounts' && (index === 1 || (index === 3 && path[2] === 'sources'))
}
