import { z } from 'zod'
import { THRESHOLD_WINDOWS, type ThresholdWindow } from '../src/core/thresholds/aov-cell.ts'
import { daysSchema, shareSchema } from './measure-schema.ts'

const AMOUNT = 'expected a number, or a threshold such as store_aov, store_median or p75'

/** A threshold as the file names it; window null: that of the account. */
export interface NamedThreshold {
  readonly name: string
  readonly window: ThresholdWindow | null
}

const name = z.string(AMOUNT).regex(/^(store_aov|store_median|p[1-9]\d?)$/, AMOUNT)
const window = z.enum(THRESHOLD_WINDOWS)

/** An amount: a number, `p75`, or `{ threshold: p75, window: 12m }`. */
export const amountSchema = z.union(
  [
    z.number(AMOUNT),
    name.transform((text): NamedThreshold => ({ name: text, window: null })),
    z
      .strictObject({ threshold: name, window: window.optional().describe('The orders behind it.') })
      .transform((input): NamedThreshold => ({ name: input.threshold, window: input.window ?? null })),
  ],
  { error: AMOUNT },
)

/** `thresholds`: how those that are named follow the shop. */
export const thresholdsSchema = z.strictObject({
  window: window.default('lifetime').describe('The orders behind customers’ AOV: all, or the last twelve months’.'),
  tolerance: shareSchema
    .prefault('10%')
    .describe('A threshold stays while today’s figure is within this share of the one in force.'),
  atMostEvery: daysSchema.prefault('30d').describe('A threshold moves at most once in so many days.'),
  round: z.boolean().default(true).describe('Rounded to a price a person would pick.'),
})
