/** A value as it is after JSON: instants are text in ISO 8601. */
export type Wire<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? Wire<Item>[]
    : T extends object
      ? { -readonly [Key in keyof T]: Wire<T[Key]> }
      : T

/** What JSON makes of a value; an answer's schema checks that instead of `Date`s, which JSON Schema does not know. */
export function toWire<T>(value: T): Wire<T> {
  return JSON.parse(JSON.stringify(value)) as Wire<T>
}
