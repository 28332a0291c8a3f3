import { z } from 'zod'
import { isTimeZone } from '../src/core/instant.ts'
import { bandsSchema } from './band-schema.ts'
import { isCronExpression } from './cron-expression.ts'
import { currencySchema } from './currency-schema.ts'
import { isName } from './key-path.ts'
import { policySchema } from './policy-schema.ts'
import { profileSchema } from './profile-schema.ts'
import { rateSchema } from './rate-schema.ts'
import { segmentSchema } from './segment-schema.ts'
import { thresholdsSchema } from './threshold-schema.ts'

/** Key of an account or of a source. */
export const keySchema = z
  .string()
  .refine(isName, 'expected up to 40 lower-case letters, digits or - as a key')
  .meta({ pattern: '^[a-z0-9-]{1,40}$' })

const ZONE = 'expected an IANA time zone such as Europe/Rome'
const CRON = 'expected a cron expression of five fields, or six with seconds first, such as "*/15 * * * *"'
const URL_FORM = 'expected an address such as https://a.klaviyo.com, without user, query or fragment'

const klaviyoSchema = z.strictObject({
  apiKey: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'expected a private API key: printable characters without blanks')
    .describe('Private API key of the Klaviyo account; keep it in the environment.'),
  baseUrl: z
    .string()
    .refine(isBaseUrl, URL_FORM)
    .transform((url) => url.replace(/\/+$/, ''))
    .default('https://a.klaviyo.com')
    .describe('Where Klaviyo is; another address only to rehearse against the sandbox.'),
})

/** One account of the file. Its sources are only known to be mappings with a type: each type has a schema of its own. */
export const accountSchema = z.strictObject({
  klaviyo: klaviyoSchema.describe('The Klaviyo account that is written to.'),
  currency: currencySchema.describe('The currency of every amount.'),
  timezone: z.string(ZONE).refine(isTimeZone, ZONE).describe('Months, dates and schedules are in it.'),
  aov: policySchema.prefault({}).describe('What an order is worth and which orders count.'),
  rates: z.array(rateSchema).default([]).describe('How orders in other currencies are converted.'),
  bands: bandsSchema.optional(),
  thresholds: thresholdsSchema.prefault({}).describe('How thresholds by name, such as store_aov, follow the shop.'),
  profiles: profileSchema.prefault('update-existing').describe('What is written to profiles, and to whose.'),
  sources: z
    .record(keySchema, z.looseObject({ type: z.string() }))
    .describe('The shops whose orders are read; {} where none is read any more.'),
  segments: z.array(segmentSchema).default([]).describe('Segments that are kept in Klaviyo.'),
  campaigns: z
    .enum(['off', 'drafts'])
    .default('off')
    .describe('drafts: scontrino campaigns draft may make drafts in Klaviyo; nothing is ever sent or scheduled.'),
  schedule: z
    .strictObject({
      sync: z.string(CRON).refine(isCronExpression, CRON).optional().describe('When to sync, in the time zone above.'),
    })
    .default({})
    .describe('Without it a sync runs only on demand.'),
})

/** One account as its schema leaves it. */
export type AccountInput = z.output<typeof accountSchema>

function isBaseUrl(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol)) return false
  return url.username === '' && url.password === '' && url.search === '' && url.hash === ''
}
