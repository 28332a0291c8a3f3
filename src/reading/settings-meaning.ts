import { createHash } from 'node:crypto'

/** A short fingerprint of settings that change what records mean, whatever the order of their keys. */
export function toMeaning(settings: object): string {
  const text = JSON.stringify(settings, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
