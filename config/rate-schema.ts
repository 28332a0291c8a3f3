import { z } from 'zod'
import type { ExchangeRate } from '../src/core/account.ts'
import { type Decimal, parseDecimal } from '../src/core/money.ts'
import { currencySchema } from './currency-schema.ts'
import { dateSchema } from './date-schema.ts'

const RATE = 'expected a decimal number above 0, such as "0.86"'

/** One entry of `rates`. */
export const rateSchema = z
  .strictObject({
    currency: currencySchema.describe('The currency that is converted.'),
    from: dateSchema.describe(
      'First day, in the account’s time zone, on which this rate holds; it holds until the next one.',
    ),
    rate: z
      .union([z.string(), z.number()], { error: RATE })
      .transform((value, context) => {
        const rate = toPositiveDecimal(String(value))
        if (rate === null) context.addIssue({ code: 'custom', message: RATE })
        return rate ?? z.NEVER
      })
      .describe('What one unit of it is worth in the account’s currency.'),
  })
  .transform((input): ExchangeRate => ({ currency: input.currency, validFrom: input.from, rate: input.rate }))

function toPositiveDecimal(text: string): Decimal | null {
  try {
    const decimal = parseDecimal(text)
    return decimal.units > 0n ? decimal : null
  } catch {
    return null
  }
}
