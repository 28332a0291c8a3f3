import { SHOP_COLUMNS } from '../../src/sandbox/shop/order-text.ts'
import { reference } from './account-yaml.ts'

/** What differs between rehearsals. */
export interface RehearsalYaml {
  readonly path?: string
  /** Settings of the source, a line each. */
  readonly source?: string
  readonly profiles?: string
  readonly policy?: string
  /** A list of segments, an item a line; empty: none. */
  readonly segments?: readonly string[]
  /** Whether drafts of campaigns are switched on. */
  readonly drafts?: boolean
  readonly schedule?: string
  /** Names of accounts that all say the same; each has its own variable of its key when there are several. */
  readonly accounts?: readonly string[]
}

/** Two segments that share everybody. */
export const TWO_SEGMENTS = [
  '{ key: high, name: "AOV | High > €80", where: { aov: { gt: 80 } } }',
  '{ key: low, name: "AOV | Low ≤ €80", where: { aov: { lte: 80 } } }',
]

/** A configuration for the sample shop's `orders.csv`, with key and address from the environment. */
export function rehearsalYaml({
  path = 'orders.csv',
  source = '',
  profiles = 'create',
  policy = 'net',
  segments = TWO_SEGMENTS,
  drafts = false,
  schedule,
  accounts = ['main'],
}: RehearsalYaml = {}): string {
  const account = (key: string) => `  ${key}:
    klaviyo: { apiKey: "${reference('KLAVIYO_API_KEY')}", baseUrl: "${reference('KLAVIYO_BASE_URL')}" }
    currency: EUR
    timezone: Europe/Rome
    aov: { policy: ${policy} }
    profiles: ${profiles}
    sources:
      shop:
        type: file
        path: ${JSON.stringify(path)}
        rows: orders
        timezone: UTC
        currency: EUR
        columns: { ${SHOP_COLUMNS.map((name) => `${name}: ${name}`).join(', ')} }
${source.replace(/^(?=.)/gm, '        ')}
    segments: [${segments.join(', ')}]
${drafts ? '    campaigns: drafts\n' : ''}${schedule === undefined ? '' : `    schedule: { sync: ${JSON.stringify(schedule)} }\n`}`
  return `accounts:\n${accounts.map(account).join('')}`
}
