/** A search for orders whose instant lies in `[from, before)`; to the second, in quotes as dates must be. */
export function searchBetween(field: 'processed_at' | 'updated_at', from: Date, before: Date): string {
  return `${field}:>='${toSecond(from)}' AND ${field}:<'${toSecond(before)}'`
}

function toSecond(instant: Date): string {
  return `${instant.toISOString().slice(0, 19)}Z`
}
