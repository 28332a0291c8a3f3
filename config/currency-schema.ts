import { z } from 'zod'
import { isCurrency } from '../src/core/money.ts'

const EXPECTED = 'expected an ISO 4217 currency code in capitals, such as EUR'

/** An ISO 4217 code. */
export const currencySchema = z.string(EXPECTED).refine(isCurrency, EXPECTED).meta({ pattern: '^[A-Z]{3}$' })
