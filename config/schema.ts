import { z } from 'zod'
import { accountSchema, keySchema } from './account-schema.ts'

/** The whole file, apart from what the types of sources ask for. */
export const configSchema = z.strictObject({
  accounts: z
    .record(keySchema, accountSchema)
    .refine((accounts) => Object.keys(accounts).length > 0, 'expected at least one account')
    .describe('Klaviyo accounts by a key of your choice, which names them in commands.'),
})

/** The types of sources by the word in an entry's `type`, each with the schema of the whole entry, `type` included. */
export type SourceTypes = Readonly<Record<string, { readonly configSchema: z.ZodType }>>
