import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { daysSchema, shareSchema } from './measure-schema.ts'
import { amountSchema } from './threshold-schema.ts'

const BANDS = 'expected two numbers above 0, the lower first, such as [200, 500], or thresholds such as [p25, p75]'

const border = amountSchema.refine((value) => typeof value !== 'number' || value > 0, 'expected a number above 0')

const borders = z.tuple([border, border], BANDS).refine(([low, high]) => {
  if (typeof low !== 'number' || typeof high !== 'number') return !isDeepStrictEqual(low, high)
  return low < high
}, BANDS)

/** `bands`: two borders, alone or with what keeps customers from going back and forth. */
export const bandsSchema = z
  .union(
    [
      borders,
      z.strictObject({
        at: borders.describe('Upper end of the band low and lower end of the band high.'),
        margin: shareSchema.optional().describe('A customer changes band only when beyond the border by this share.'),
        minStay: daysSchema
          .optional()
          .describe('A customer nearer to the border changes after so many days in the band.'),
      }),
    ],
    BANDS,
  )
  .transform((input) => {
    if (Array.isArray(input)) return { at: input, margin: null, minStayDays: null }
    return { at: input.at, margin: input.margin ?? null, minStayDays: input.minStay ?? null }
  })
  .describe('Upper end of the band low and lower end of the band high, in the account’s currency.')
