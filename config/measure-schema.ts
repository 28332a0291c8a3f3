import { z } from 'zod'

const DAYS = 'expected a number of days such as 90d'
const PERCENT = 'expected a share such as 10%'

/** `90d` → 90. */
export const daysSchema = z
  .string(DAYS)
  .regex(/^[1-9]\d{0,3}d$/, DAYS)
  .transform((text) => Number.parseInt(text, 10))

/** `10%` → 0.1; below 100 %. */
export const shareSchema = z
  .string(PERCENT)
  .regex(/^\d{1,2}(\.\d+)?%$/, PERCENT)
  .transform((text) => Number(`${text.slice(0, -1)}e-2`))
