import type { JobName } from '../../core/runs/job-names.ts'
import { campaignsEn } from './campaigns/en.ts'
import { countsEn } from './counts/en.ts'
import { customerEn } from './customer/en.ts'
import { distributionEn } from './distribution/en.ts'
import { errorsEn } from './errors/en.ts'
import { freshnessEn } from './freshness/en.ts'
import { matrixEn } from './matrix/en.ts'
import { numbersEn } from './numbers/en.ts'
import { overTimeEn } from './over-time/en.ts'
import { rejectsEn } from './rejects/en.ts'
import { reportEn } from './report/en.ts'
import { runsEn } from './runs/en.ts'
import { segmentsEn } from './segments/en.ts'
import { statementsEn } from './statements/en.ts'
import { thresholdsEn } from './thresholds/en.ts'

/** The page in English. */
export const en = {
  product: 'Scontrino',
  tagline: 'What your shop’s average order is made of',
  skip: 'Skip to content',
  nav: {
    label: 'Pages',
    numbers: 'Numbers',
    thresholds: 'Thresholds',
    segments: 'Segments',
    runs: 'Runs',
    customer: 'Customer',
  },
  accounts: 'Account',
  languages: 'Language',
  logOut: 'Log out',
  policy: (currency: string, policy: string) => `${currency}, policy “${policy}”`,
  /** Around names that people gave, and words that are not ours. */
  quoted: (text: string) => `“${text}”`,
  technical: 'Details for whoever installed Scontrino',
  explained: (what: string, meaning: string) => `${what}: ${meaning}`,
  policies: {
    net: 'an order is worth its total less refunds',
    gross: 'an order is worth its total, refunds are ignored',
    shopify: 'an order is worth its goods after discounts, without tax and shipping',
    own: 'an order is worth what your configuration says',
  },
  show: 'Show',
  table: 'The same as a table',
  download: 'Download CSV',
  timezone: (zone: string) => `Times are those of ${zone}.`,

  login: {
    title: 'Log in',
    token: 'Access token',
    hint: 'Whoever installed Scontrino has it: the value of SCONTRINO_API_TOKEN.',
    submit: 'Log in',
    wrong: 'That is not the token. Check that all of it was copied.',
    tooMany: (seconds: number) => `Too many wrong tokens. Try again in ${seconds} seconds.`,
  },

  problem: {
    title: 'That did not work',
    back: 'Back to the numbers',
    form: 'The form was too old, or was not sent from this page. Go back, reload the page and try again.',
    unknownAccount: 'No account of this name is configured.',
  },

  periods: {
    by: 'By',
    week: 'week',
    month: 'month',
    quarter: 'quarter',
    weekOf: (date: string) => `week of ${date}`,
    quarterOf: (quarter: number, year: string) => `Q${quarter} ${year}`,
  },
  freshness: freshnessEn,
  numbers: numbersEn,
  overTime: overTimeEn,
  says: statementsEn,
  distribution: distributionEn,
  matrix: matrixEn,
  customer: customerEn,
  runs: runsEn,
  jobs: {
    'ingest-webhook': 'Take in what the shop reported',
    'pull-orders': 'Read the orders',
    'compute-aggregates': 'Compute the customers',
    'compute-store': 'Compute the numbers of the shop',
    'push-profiles': 'Send profiles to Klaviyo',
    'sync-segments': 'Check the segments',
    sync: 'Sync',
    'count-segments': 'Count the members of segments',
  } satisfies Record<JobName, string> as Readonly<Record<JobName, string>>,
  steps: {
    pulling: (source: string) => `reading ${source}`,
    webhooks: (source: string) => `what ${source} reported`,
    others: {
      computing: 'computing the customers',
      'computing the store': 'computing the numbers of the shop',
      'pushing profiles': 'sending profiles',
      'comparing segments': 'comparing segments',
      'counting members of segments': 'counting the members of segments',
    } as Readonly<Record<string, string>>,
  },
  counts: countsEn,
  errors: errorsEn,
  thresholds: thresholdsEn,
  rejects: rejectsEn,
  segments: segmentsEn,
  report: reportEn,
  campaigns: campaignsEn,
}
