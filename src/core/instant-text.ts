/** Wall-clock time in a time zone, with its distance from UTC then: `2026-11-21 10:00:05 +01:00`. */
export function formatInstant(instant: Date, timezone: string): string {
  // Sweden writes dates as ISO 8601 does.
  const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short', timeStyle: 'medium' })
  const zone = new Intl.DateTimeFormat('en', { timeZone: timezone, timeZoneName: 'longOffset' })
  const name = zone.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
  return `${wall.format(instant)} ${name === 'GMT' ? '+00:00' : name.replace('GMT', '')}`
}

/** The same to the minute: `2026-11-21 10:00 +01:00`. */
export function formatMinute(instant: Date, timezone: string): string {
  const text = formatInstant(instant, timezone)
  return text.slice(0, 16) + text.slice(19)
}

/** Wall-clock time to the minute, for columns under a line that names the time zone: `2026-11-21 10:00`. */
export function formatWallMinute(instant: Date, timezone: string): string {
  return formatInstant(instant, timezone).slice(0, 16)
}
