import { z } from 'zod'
import { parseInstant } from '../src/core/instant.ts'

const DATE = 'expected a date such as 2026-01-31'

/** A day of the calendar, `YYYY-MM-DD`. */
export const dateSchema = z.string(DATE).refine(isDate, DATE).meta({ format: 'date' })

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  try {
    parseInstant(text, 'UTC')
    return true
  } catch {
    return false
  }
}
