import { z } from 'zod'
import { PROPERTY_NAMES } from '../src/core/profiles/property-names.ts'

const mode = z
  .enum(['create', 'update-existing'])
  .describe('create: unknown customers become profiles, which Klaviyo bills. update-existing: nobody is created.')

/** `profiles`: a mode alone, or a mapping with the names of what is written. `properties` null: all that apply. */
export const profileSchema = z
  .union([
    mode,
    z.strictObject({
      mode: mode.default('update-existing'),
      prefix: z
        .string()
        .regex(/^[a-z0-9_]{0,40}$/, 'expected up to 40 lower-case letters, digits or _')
        .default('')
        .describe('Put before every property name in Klaviyo.'),
      properties: z
        .array(z.enum(PROPERTY_NAMES))
        .min(1)
        .refine((names) => new Set(names).size === names.length, 'expected every property once')
        .optional()
        .describe('Which properties are written; all by default.'),
      onErase: z
        .enum(['clear', 'delete'])
        .default('clear')
        .describe(
          'When somebody is forgotten – clear: our properties are taken off the profile. delete: Klaviyo deletes the whole profile, which cannot be undone; the key needs data-privacy:write.',
        ),
    }),
  ])
  .transform((input) => {
    if (typeof input === 'string') return { mode: input, prefix: '', properties: null, onErase: 'clear' as const }
    const { mode, prefix, properties = null, onErase } = input
    return { mode, prefix, properties, onErase }
  })
