/**
 * The time zone to tick a cron expression in. One whose hours and days are all `*` asks for the same instants in every
 * zone that is whole hours from UTC, and is ticked in UTC: in a zone with summer time node-cron leaves out the hour that
 * comes twice in autumn.
 */
export function tickZone(expression: string, timeZone: string): string {
  const isEveryHour = expression
    .trim()
    .split(/\s+/)
    .slice(-4)
    .every((field) => field === '*')
  return isEveryHour && isWholeHours(timeZone) ? 'UTC' : timeZone
}

/** Looks at winter and summer: Lord Howe Island moves by half an hour. */
function isWholeHours(timeZone: string): boolean {
  const minute = new Intl.DateTimeFormat('en', { timeZone, minute: 'numeric' })
  const year = new Date().getUTCFullYear()
  return [0, 6].every((month) => Number(minute.format(Date.UTC(year, month, 1))) === 0)
}
