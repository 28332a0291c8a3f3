const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

interface Field {
  readonly low: number
  readonly high: number
  readonly names?: readonly string[]
}

const SECOND: Field = { low: 0, high: 59 }
const FIVE_FIELDS: readonly Field[] = [
  { low: 0, high: 59 },
  { low: 0, high: 23 },
  { low: 1, high: 31 },
  { low: 1, high: 12, names: MONTHS },
  { low: 0, high: 7, names: WEEKDAYS },
]

/** Whether a text is a cron expression of five fields, or six with seconds first: `*`, numbers, names, lists, ranges, steps. */
export function isCronExpression(text: string): boolean {
  const parts = text.trim().split(/\s+/)
  const fields = parts.length === 6 ? [SECOND, ...FIVE_FIELDS] : FIVE_FIELDS
  return parts.length === fields.length && fields.every((field, index) => isField(parts[index] ?? '', field))
}

function isField(text: string, field: Field): boolean {
  return text.split(',').every((item) => {
    const match = /^(\*|[a-z0-9]+)(?:-([a-z0-9]+))?(?:\/(\d{1,2}))?$/i.exec(item)
    if (match === null) return false
    const [, from = '', to, step] = match
    if (step !== undefined && Number(step) < 1) return false
    if (from === '*') return to === undefined
    const first = numberOf(from, field)
    const last = to === undefined ? first : numberOf(to, field)
    if (first === null || last === null) return false
    return first <= last && (step === undefined || to !== undefined)
  })
}

function numberOf(text: string, field: Field): number | null {
  const named = field.names?.indexOf(text.toLowerCase()) ?? -1
  if (named >= 0) return named + field.low
  const value = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN
  return value >= field.low && value <= field.high ? value : null
}
