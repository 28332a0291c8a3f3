import { z } from 'zod'
import { familyNameSchema } from './name-schema.ts'
import { amountSchema } from './threshold-schema.ts'

/** An entry of `segments` that stands for a family of them. */
export const familySchema = z.strictObject({
  family: z
    .enum(['bands', 'new-recurring-by-aov'])
    .describe(
      'bands: one for each of low, mid and high. new-recurring-by-aov: new and recurring customers, below a threshold and from it on.',
    ),
  prefix: z
    .string()
    .regex(/^[a-z0-9_-]{1,20}$/, 'expected up to 20 lower-case letters, digits, - or _')
    .default('aov')
    .describe('Begins the key of each: aov-low, aov-new-high.'),
  at: amountSchema.optional().describe('Of new-recurring-by-aov: the threshold; default store_aov.'),
  name: familyNameSchema
    .optional()
    .describe('Template of the names in Klaviyo: {band} (Low, Mid, High) and {type} (New, Recurring) tell them apart.'),
})

export type FamilyInput = z.output<typeof familySchema>
