import type { ExplainedProperty } from '../explanation/explanation.ts'
import type { PropertyValue } from './profile.ts'

/** What should stand on a profile beside what does. `actual` null: Klaviyo could not be asked. */
export function compareProperties(
  desired: Readonly<Record<string, PropertyValue | null>>,
  actual: Readonly<Record<string, unknown>> | null,
): ExplainedProperty[] {
  return Object.entries(desired).map(([name, wanted]) => {
    const present = actual?.[name] ?? null
    return { name, desired: wanted, actual: present, isSame: actual === null ? null : isSame(wanted, present) }
  })
}

function isSame(desired: PropertyValue | null, actual: unknown): boolean {
  if (desired === actual) return true
  const [wantedMs, presentMs] = [toInstantMs(desired), toInstantMs(actual)]
  return wantedMs !== null && wantedMs === presentMs
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/

/** One instant may be written in several ways, and is still the same. */
function toInstantMs(value: unknown): number | null {
  if (typeof value !== 'string' || !INSTANT.test(value)) return null
  const ms = Date.parse(value)
  return Number.isNaN(ms) ? null : ms
}
