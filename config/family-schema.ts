import { z } from 'zod'
import { familyNameSchema } from './name-schema.ts'
import { amountSchema } from './threshold-schema.ts'

const prefix = z
  .string()
  .regex(/^[a-z0-9_-]{1,20}$/, 'expected up to 20 lower-case letters, digits, - or _')
  .default('aov')
  .describe('Begins the key of each: aov-low, aov-new-high.')

const bandFamily = z.strictObject({
  family: z.literal('bands').describe('One for each of low, mid and high.'),
  prefix,
  name: familyNameSchema('band')
    .optional()
    .describe('Template of the names in Klaviyo: {band} (Low, Mid, High) tells them apart.'),
})

const matrixFamily = z.strictObject({
  family: z
    .literal('new-recurring-by-aov')
    .describe('New and recurring customers, below a threshold and from it on: four.'),
  prefix,
  at: amountSchema.optional().describe('The threshold; default store_aov.'),
  name: familyNameSchema('band', 'type')
    .optional()
    .describe('Template of the names in Klaviyo: {band} (Low, High) and {type} (New, Recurring) tell them apart.'),
})

/** An entry of `segments` that stands for a family of them. */
export const familySchema = z.discriminatedUnion('family', [bandFamily, matrixFamily])

export type BandFamilyInput = z.output<typeof bandFamily>
export type MatrixFamilyInput = z.output<typeof matrixFamily>
