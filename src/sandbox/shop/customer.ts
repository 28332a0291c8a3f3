import type { Random } from './random.ts'
import type { SampleOrder } from './sample-order.ts'

const FIRST_NAMES = [
  'giulia',
  'marco',
  'sofia',
  'luca',
  'anna',
  'paul',
  'claire',
  'hugo',
  'lena',
  'jonas',
  'eva',
  'tom',
]
const DOMAINS = ['example.com', 'example.org', 'example.net']
const COUNTRIES = ['IT', 'IT', 'IT', 'FR', 'DE', 'AT']
const TYPED_IN_CAPITALS = 0.01

/** Who placed the order: the customer with this running number, from 1. */
export function describeCustomer(random: Random, number: number): Pick<SampleOrder, 'email' | 'customer' | 'country'> {
  const name = FIRST_NAMES[number % FIRST_NAMES.length]
  const email = `${name}.${number}@${DOMAINS[(number >> 2) % DOMAINS.length]}`
  return {
    email: random.chance(TYPED_IN_CAPITALS) ? email.toUpperCase() : email,
    customer: `C${String(number).padStart(6, '0')}`,
    country: COUNTRIES[number % COUNTRIES.length] ?? 'IT',
  }
}
