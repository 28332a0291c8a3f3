/**
 * Postgres array literals, built by hand: node-postgres' own conversion takes three times as long on pages of 5,000
 * rows. An array without a single value becomes `{}`, which `unnest` pads with nulls.
 */
export function numberArray(values: readonly (number | null | undefined)[]): string {
  let empty = true
  const items = values.map((value) => {
    if (value === null || value === undefined) return 'NULL'
    empty = false
    return value
  })
  return empty ? '{}' : `{${items.join()}}`
}

/** Like `numberArray`, for text; every value is quoted. */
export function textArray(values: readonly (string | null | undefined)[]): string {
  let empty = true
  const items = values.map((value) => {
    if (value === null || value === undefined) return 'NULL'
    empty = false
    return SPECIAL.test(value) ? `"${value.replace(QUOTED, '\\$&').replace(NUL, '')}"` : `"${value}"`
  })
  return empty ? '{}' : `{${items.join()}}`
}

/** Booleans as `t` and `f`. */
export function booleanArray(values: readonly boolean[]): string {
  return `{${values.map((value) => (value ? 't' : 'f')).join()}}`
}

/** Instants as milliseconds since 1970; read them in SQL with `to_timestamp(ms / 1000.0)`. */
export function instantArray(values: readonly (Date | null | undefined)[]): string {
  return numberArray(values.map((value) => value?.getTime()))
}

/** A text as Postgres will give it back: without NUL, halves of surrogate pairs replaced. Use it before comparing with stored text. */
export function toStorable(text: string): string {
  return text.isWellFormed() && !text.includes('\0') ? text : text.toWellFormed().replaceAll('\0', '')
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: Postgres text cannot hold NUL
const SPECIAL = /["\\\u0000]/
const QUOTED = /["\\]/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const NUL = /\u0000/g
