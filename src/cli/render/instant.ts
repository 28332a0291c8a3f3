/** Wall-clock time in a time zone, with its distance from UTC then: `2026-11-21 10:00:05 +01:00`. */
export function formatInstant(instant: Date, timezone: string): string {
  // Sweden writes dates as ISO 8601 does.
  const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short', timeStyle: 'medium' })
  const zone = new Intl.DateTimeFormat('en', { timeZone: timezone, timeZoneName: 'longOffset' })
  const name = zone.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
  return `${wall.format(instant)} ${name === 'GMT' ? '+00:00' : name.replace('GMT', '')}`
}

/** Wall-clock time to the minute, where the time zone is said elsewhere: `2026-11-21 10:00`. */
export function formatMinute(instant: Date, timezone: string): string {
  return formatInstant(instant, timezone).slice(0, 16)
}

/** How long something took: `0.4 s`, `12 s`, `3 min 5 s`, `2 h 10 min`. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 9_950) return `${(durationMs / 1000).toFixed(1)} s`
  const seconds = Math.round(durationMs / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
