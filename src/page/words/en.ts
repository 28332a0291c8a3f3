import type { PlanAction } from '../../app/plan-segments.ts'
import type { WaitingFor } from '../../core/customer-record.ts'
import type { JobName } from '../../core/job-names.ts'
import type { NotCounted } from '../../core/order-value.ts'
import type { SizeFinding } from '../../core/segment-size.ts'
import type { ChangeFigures, GapFigures, GapsFigures, LargestFigures, ThresholdFigures } from './figures.ts'
import { thresholdsEn } from './thresholds/en.ts'
import type { CountWords, ErrorWords } from './words.ts'

type SizeCauseKind = SizeFinding['causes'][number]['kind']

function many(one: string, more: string): (count: number, text: string) => string {
  return (count, text) => `${text} ${count === 1 ? one : more}`
}

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
  policies: {
    net: 'an order is worth its total less refunds',
    gross: 'an order is worth its total, refunds are ignored',
    shopify: 'an order is worth its goods after discounts, without tax and shipping',
    own: 'an order is worth what your configuration says',
  },
  show: 'Show',
  table: 'The same as a table',
  download: 'Download CSV',
  timezone: (zone: string) => `Times are of ${zone}.`,

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

  numbers: {
    none: 'No order has been counted yet. Once a sync has read the shop, its numbers stand here.',
    soon: 'The numbers over time are being computed; reload the page in a moment.',
    computed: (instant: string) => `As of ${instant}.`,
    stale: 'Something has changed since; the numbers are being brought up to date.',
    period: 'Period',
    customers: 'Customers',
    frequency: 'Orders per customer',
    aov: 'Average order value',
    median: (amount: string) => `median ${amount}`,
    revenue: 'Revenue',
    times: 'times',
    equals: 'equals',
    ofOrders: (_: number, count: string) => `of ${count} orders`,
    change: (change: string, from: string, period: string) => `${change} from ${from}, ${period}`,
    noData: (period: string) => `${period}: no data`,
    running: 'This period still runs, so it is not compared with whole ones.',
    firstPeriod: 'This is the first period of the data: nothing is known of before.',
    anonymous: (count: number, orders: string, revenue: string) =>
      `Beside these, ${orders} ${count === 1 ? 'order' : 'orders'} without an e-mail address, worth ${revenue}.`,
  },
  overTime: {
    title: 'New against recurring',
    lead: 'The average order value of new and of recurring customers.',
    definition: 'New means',
    definitions: {
      period: 'first bought in this period',
      rank: 'first order',
    },
    sentences: {
      period:
        'A customer whose first order ever lies in the period is new in it, with all their orders; everybody else is recurring.',
      rank: 'The first order of every customer is new; every later one is recurring, also on the same day.',
    },
    new: 'New',
    recurring: 'Recurring',
    gap: 'Difference',
    orders: 'Orders',
    chart: 'Average order value of new and recurring customers over time, with the number of orders below',
    allNew: 'all new',
    begins: 'data begins',
    runs: 'still running',
    columns: {
      period: 'Period',
      newAov: 'New, AOV',
      newOrders: 'New, orders',
      recurringAov: 'Recurring, AOV',
      recurringOrders: 'Recurring, orders',
      gap: 'Difference',
      interval: '95% interval',
    },
    interval: (low: string, high: string) => `${low} to ${high}`,
    tooFew: 'too few orders',
  },
  says: {
    title: 'What it says',
    noOrders: 'No order has been counted yet.',
    nothingOver: (period: string) => `${period} is the first period and still runs: there is nothing to compare yet.`,
    running: (period: string) => `${period} still runs and is part of no comparison.`,
    allNew: (period: string) =>
      `${period} is where the data begins: everybody in it is new, because nothing is known of before.`,
    historyBegins: (period: string) =>
      `${period} is where the data begins: the first order known of somebody in it need not be their first.`,
    gap: {
      more: (f: GapFigures) =>
        `${f.period}: recurring customers spent ${f.gap} more per order than new ones (${f.recurringAov} against ${f.newAov}). That is more than noise: the true difference most likely lies between ${f.low} and ${f.high}.`,
      less: (f: GapFigures) =>
        `${f.period}: recurring customers spent ${f.gap} less per order than new ones (${f.recurringAov} against ${f.newAov}). That is more than noise: the true difference most likely lies between ${f.low} and ${f.high}.`,
      noise: (f: GapFigures) =>
        `${f.period}: recurring customers spent ${f.recurringAov} per order, new ones ${f.newAov}. The difference may be chance: it most likely lies between ${f.low} and ${f.high}.`,
      'too-few': (f: GapFigures) =>
        `${f.period}: not enough orders to tell whether recurring customers spend more than new ones (${f.recurringOrders} and ${f.newOrders} orders).`,
    },
    gaps: {
      more: (f: GapsFigures) =>
        `Over the last ${f.total} finished periods recurring customers usually spent more per order: more in ${f.more}, less in ${f.less}, no telling in ${f.unclear}.`,
      less: (f: GapsFigures) =>
        `Over the last ${f.total} finished periods recurring customers usually spent less per order: less in ${f.less}, more in ${f.more}, no telling in ${f.unclear}.`,
      noise: (f: GapsFigures) =>
        `Over the last ${f.total} finished periods no difference between recurring and new customers was more than noise.`,
      mixed: (f: GapsFigures) =>
        `Over the last ${f.total} finished periods it went both ways: recurring customers spent more in ${f.more}, less in ${f.less}, no telling in ${f.unclear}.`,
      'too-few': (f: GapsFigures) =>
        `None of the last ${f.total} finished periods has enough orders to tell recurring customers from new ones.`,
    },
    advice: {
      'low-first-orders': (customers: string) =>
        `What to do: first orders are the low ones. Offer the ${customers} customers with one order below the average an upsell: bundles, “add one more”; build trust before giving discounts.`,
      'high-first-orders': (customers: string) =>
        `What to do: first orders are the high ones. Keep the trust of the ${customers} customers who began above the average: a careful path after the purchase, without a discount.`,
    },
    technical: (customers: string) =>
      `For technical goods, where a dear first purchase is followed by supplies, it is normal that the ${customers} recurring customers below the average spend less, and no fault.`,
    change: {
      up: (f: ChangeFigures) =>
        `${f.period}: AOV rose from ${f.from} (${f.other}) to ${f.to}, which is more than noise.`,
      down: (f: ChangeFigures) =>
        `${f.period}: AOV fell from ${f.from} (${f.other}) to ${f.to}, which is more than noise.`,
      noise: (f: ChangeFigures) =>
        `${f.period}: AOV was ${f.to}, and ${f.from} in ${f.other}; the difference may be chance.`,
      'too-few': (f: ChangeFigures) =>
        `${f.period}: AOV was ${f.to}, and ${f.from} in ${f.other}; there are not enough orders to tell whether that means anything.`,
    },
    changeMore: (customers: string, frequency: string, revenue: string) =>
      `Customers ${customers}, orders per customer ${frequency}, revenue ${revenue}.`,
    nothingToCompare: {
      before: (period: string) => `${period} cannot be compared with the period before: it is not fully in the data.`,
      'year-before': (period: string) =>
        `${period} cannot be compared with a year before: it is not fully in the data.`,
    },
    largest: {
      large: (f: LargestFigures) =>
        `${f.period}: the ${f.topOrders} largest of ${f.orders} orders make ${f.share} of the AOV; without them it is ${f.without} instead of ${f.aov}. Look at the median, and whether these are resellers.`,
      common: (f: LargestFigures) =>
        `${f.period}: the ${f.topOrders} largest of ${f.orders} orders make ${f.share} of the AOV, which is common; without them it is ${f.without} instead of ${f.aov}.`,
    },
    tooFewForLargest: (period: string, orders: string) =>
      `${period}: with ${orders} orders there are too few to say what the largest of them make of the AOV.`,
    fewAbove: (share: string, above: string, customers: string, aov: string) =>
      `Only ${share} of customers (${above} of ${customers}) are at or above the shop’s average of ${aov}: few large ones pull it up. The median says what is typical.`,
    anonymous: (period: string, share: string, orders: string) =>
      `${period}: ${share} of orders (${orders}) carry no e-mail address and are neither new nor recurring.`,
  },
  distribution: {
    title: 'How customers spread',
    lead: 'Every customer by the average of all their orders, on a logarithmic scale. Drag the two borders, or move them with the arrow keys.',
    chart: 'Number of customers by their average order value, on a logarithmic scale',
    lower: 'Border between low and mid',
    upper: 'Border between mid and high',
    apply: 'Show these borders',
    configured: 'The borders are those of your configuration.',
    example: 'No bands are configured: these borders are an example that cuts customers into thirds.',
    chosen: 'These borders are only looked at: what is in the configuration stays as it is.',
    bands: 'Bands',
    band: { low: 'Low', mid: 'Mid', high: 'High' },
    ranges: {
      low: (price: string) => `below ${price}`,
      mid: (low: string, high: string) => `${low} to ${high}`,
      high: (price: string) => `above ${price}`,
    },
    columns: {
      band: 'Band',
      range: 'Average order',
      customers: 'Customers',
      customerShare: 'Share',
      orders: 'Orders',
      orderShare: 'Share',
      revenue: 'Revenue',
      revenueShare: 'Share',
    },
    from: 'From',
    below: 'Below',
    storeAov: (amount: string) => `shop ${amount}`,
    median: (amount: string) => `median ${amount}`,
    none: 'No customer with a counted order yet.',
  },
  matrix: {
    title: 'Four kinds of customers',
    lead: (aov: string) => `Customers by today’s status and by the shop’s average of ${aov}.`,
    new: 'New',
    recurring: 'Recurring',
    newNote: 'one order',
    recurringNote: 'two orders or more',
    below: (aov: string) => `below ${aov}`,
    above: (aov: string) => `${aov} or more`,
    customers: many('customer', 'customers'),
    aov: (aov: string) => `AOV ${aov}`,
    plays: {
      upsell: { name: 'Upsell', text: 'Bundles and “add one more” on the first basket; trust before discounts.' },
      'careful-post-purchase': {
        name: 'Careful follow-up',
        text: 'A careful path after the purchase, no discount: keep their trust.',
      },
      bundles: {
        name: 'Bundles',
        text: 'Bundles, free shipping from a value on. For technical goods this is normal and no fault.',
      },
      vip: { name: 'VIP', text: 'Early access, new and dearer releases; little or no discount.' },
    },
    segment: (name: string, members: string) => `Segment “${name}”: ${members} in Klaviyo`,
    noSegment: 'No segment for them is configured.',
    table: {
      type: 'Customers',
      side: 'Their average order',
      customers: 'How many',
      orders: 'Orders',
      revenue: 'Revenue',
      aov: 'AOV',
      play: 'Play',
    },
  },

  customer: {
    lead: 'Why a customer has their figures, and is in their segments or not.',
    email: 'E-mail address',
    submit: 'Explain',
    hint: 'Any address of theirs. It is sent in this form only: it is in no address bar and in no log.',
    invalid: 'That is no e-mail address.',
    unknown: 'Nobody is known by this address.',
    forgotten: (instant: string) => `This person was forgotten on ${instant}; nothing else is known.`,
    knownBy: 'Known by all of these; orders under any of them count together:',
    carries: 'its profile carries the figures',
    at: (instant: string) => `As of ${instant}.`,
    orders: {
      title: 'Orders',
      none: 'No order is known.',
      summary: (orders: string, counted: string) => `${orders} in all, of which ${counted} count.`,
      older: (count: string) => `Only the newest are shown; ${count} are older.`,
      columns: { placed: 'Placed', order: 'Order', charged: 'Charged', counts: 'Counts for', note: 'Why' },
      reasons: {
        'test order': 'a test order',
        draft: 'a draft',
        failed: 'failed',
        deleted: 'deleted in the shop',
        cancelled: 'cancelled',
        pending: 'not paid yet',
        'fully refunded': 'fully refunded',
        'zero value': 'worth nothing',
        'other currency': 'in a currency without a rate',
      } satisfies Record<NotCounted, string> as Readonly<Record<NotCounted, string>>,
      ignored: 'refunds are not deducted',
      not12: 'not in the last 12 months',
      parts: { tax: 'tax', shipping: 'shipping', tips: 'tip', duties: 'duties', giftCards: 'gift cards' },
      minus: (amount: string, what: string) => `− ${amount} ${what}`,
      refunds: 'refunded',
      refundShare: (whole: string) => `refunded (their share of ${whole})`,
      rate: (rate: string, currency: string, from: string) => `× ${rate}, the rate of ${currency} from ${from}`,
    },
    refunds: {
      title: 'Refunds that name no order',
      columns: { at: 'Refunded', refund: 'Refund', amount: 'Amount', takes: 'Takes', note: 'Why' },
    },
    sums: {
      title: 'The sums',
      columns: { what: 'What', all: 'All orders', recent: 'Last 12 months' },
      orders: 'Counted orders',
      worth: 'What they count for',
      refunds: 'Refunds that name no order',
      revenue: 'Revenue',
      aov: 'AOV = revenue ÷ orders',
      rounded: 'AOV is rounded half up, once, after the division.',
      since: (instant: string) => `The twelve months began ${instant}.`,
      stored: (aov: string, orders: string, changed: string) =>
        `Stored: AOV ${aov} of ${orders} orders, last changed ${changed}.`,
      storedNone: 'Stored: no AOV, since no order counted.',
      waiting: {
        'first-computation': 'Nothing has been computed yet; the next sync does it.',
        settings: 'The configuration has changed; the next sync computes it again.',
        records: 'Orders, refunds or addresses have changed; the next sync computes it again.',
        window: 'An order or refund has left the twelve months; the next sync computes it again.',
      } satisfies Record<WaitingFor, string> as Readonly<Record<WaitingFor, string>>,
      mistake: 'These are not the sums above although nothing waits to be computed: a mistake of ours.',
    },
    profile: {
      heading: 'In Klaviyo',
      title: (email: string) => `Profile ${email}`,
      former: 'A former address: its profile should hold nothing of ours.',
      unread: 'Klaviyo could not be asked just now.',
      missing: 'Klaviyo has no profile with this address.',
      push: {
        confirmed: 'Klaviyo has confirmed what we sent.',
        pending: 'Waits for the next sync.',
        'in-flight': 'Is being sent.',
        absent: 'Nothing is sent: Klaviyo has no such profile, and none are created.',
        refused: (instant: string, reason: string) => `Klaviyo refused it on ${instant}: ${reason}`,
        none: 'Nothing of ours was ever meant for it.',
      },
      columns: { property: 'Property', desired: 'Should hold', actual: 'In Klaviyo' },
      same: 'the same',
      differs: 'differs',
      changedSince:
        'Klaviyo had taken ours, so something else wrote there since. Ours come back when a figure changes.',
    },
    segments: {
      title: 'Segments',
      none: 'No segment is configured.',
      note: 'By the stored figures; Klaviyo follows some minutes after a sync.',
      noProfile: 'Klaviyo has no profile to put into any of them.',
      verdicts: { in: 'in', out: 'out', unknown: 'not known' },
      theirs: 'It goes by Klaviyo’s own figures, which are not asked for.',
      notThere: 'not in Klaviyo yet',
      drifted: 'changed in Klaviyo since, by somebody else',
      outdated: 'the configuration has changed since',
      oneOf: 'One of:',
      actual: (value: string) => `is ${value}`,
      nothing: 'nothing',
    },
    conditions: {
      between: (property: string, low: string, high: string) => `${property} from ${low} to ${high}`,
      in: (property: string, values: string) => `${property} one of ${values}`,
      inLastDays: (property: string, days: string) => `${property} in the last ${days} days`,
      before: (property: string, date: string) => `${property} before ${date}`,
      after: (property: string, date: string) => `${property} from ${date} on`,
    },
    distances: {
      anyOrder: 'one more order, of whatever worth',
      order: (range: string) => `one more order of ${range}`,
      orders: (count: number, text: string) => (count === 1 ? 'one more order' : `${text} more orders`),
      revenue: (range: string) => `orders of ${range} in all`,
      enters: (instant: string) => `from ${instant} on, by itself`,
      leaves: (instant: string) => `until ${instant}`,
      orMore: (amount: string) => `${amount} or more`,
      exactly: (amount: string) => `exactly ${amount}`,
      atMost: (amount: string) => `at most ${amount}`,
      range: (low: string, high: string) => `${low} to ${high}`,
      missing: (what: string) => `Missing: ${what}`,
    },
  },

  runs: {
    title: 'Runs',
    intro: 'Everything Scontrino did: reading the shop, computing, telling Klaviyo.',
    syncNow: 'Sync now',
    queued: 'A sync is on its way; you can follow it below.',
    live: 'Now',
    idle: 'Nothing is running.',
    offline: 'The connection is interrupted; what you see may be out of date.',
    history: 'History',
    none: 'Nothing has run yet.',
    columns: { started: 'Started', job: 'What', state: 'State', took: 'Took', outcome: 'What came of it' },
    states: { running: 'running', interrupted: 'interrupted', waiting: 'waiting', done: 'done', failed: 'failed' },
    triggers: {
      cron: 'on schedule',
      cli: 'from the command line',
      http: 'on request',
      webhook: 'because the shop called',
    } as Readonly<Record<string, string>>,
    attempt: (attempt: number) => `attempt ${attempt}`,
    goesOn: (instant: string) => `goes on ${instant}`,
    progress: (done: string, total: string | null) => (total === null ? done : `${done} of ${total}`),
    nothing: 'nothing to do',
    interrupted: 'Its process was stopped; it goes on with the next sync.',
    technical: 'Details',
    paused: (connector: string, since: string) => `${connector} is paused since ${since}: its key was refused.`,
    pausedAdvice: 'It goes on once the key in the configuration is a new one, or when “scontrino check” succeeds.',
  },
  jobs: {
    'ingest-webhook': 'Take in what the shop reported',
    'pull-orders': 'Read orders',
    'compute-aggregates': 'Compute customers',
    'compute-store': 'Compute the numbers of the shop',
    'push-profiles': 'Send profiles to Klaviyo',
    'sync-segments': 'Check segments',
    sync: 'Sync',
    'count-segments': 'Count the members of segments',
  } satisfies Record<JobName, string> as Readonly<Record<JobName, string>>,
  steps: {
    pulling: (source: string) => `reading ${source}`,
    webhooks: (source: string) => `what ${source} reported`,
    others: {
      computing: 'computing',
      'pushing profiles': 'sending profiles',
      'comparing segments': 'comparing segments',
    } as Readonly<Record<string, string>>,
  },
  counts: {
    orders: many('order', 'orders'),
    refunds: many('refund', 'refunds'),
    changed: many('changed', 'changed'),
    rejected: many('record unreadable', 'records unreadable'),
    skipped: many('skipped', 'skipped'),
    pages: many('page', 'pages'),
    events: many('event', 'events'),
    customers: many('customer', 'customers'),
    months: many('month', 'months'),
    periods: many('period', 'periods'),
    confirmed: many('profile confirmed', 'profiles confirmed'),
    refused: many('profile refused', 'profiles refused'),
    absent: many('without a profile', 'without a profile'),
    imports: many('import', 'imports'),
    abandoned: many('import given up', 'imports given up'),
    erased: many('forgotten', 'forgotten'),
    pending: many('profile to send', 'profiles to send'),
    created: many('segment created', 'segments created'),
    updated: many('segment updated', 'segments updated'),
    'put back': many('segment put back', 'segments put back'),
    adopted: many('segment adopted', 'segments adopted'),
    deleted: many('segment deleted', 'segments deleted'),
    unchanged: many('unchanged', 'unchanged'),
    kept: many('kept', 'kept'),
    blocked: many('blocked', 'blocked'),
    held: many('held back', 'held back'),
    drifted: many('changed in Klaviyo', 'changed in Klaviyo'),
    unfounded: many('without Klaviyo’s figures', 'without Klaviyo’s figures'),
    deferred: many('deferred', 'deferred'),
    counted: many('segment counted', 'segments counted'),
    unanswered: many('without an answer', 'without an answer'),
    asExpected: many('as large as expected', 'as large as expected'),
    notYet: many('not to be judged yet', 'not to be judged yet'),
    empty: many('empty', 'empty'),
    off: many('further off than tolerated', 'further off than tolerated'),
    bytes: (_: number, text: string) => `${text} MB`,
    profiles: many('profile', 'profiles'),
  } as CountWords,
  errors: {
    E_CONFIG: {
      what: 'The configuration cannot be used as it is.',
      advice: 'Whoever installed Scontrino has to correct it.',
    },
    E_AUTH: {
      what: 'The shop or Klaviyo refused our key.',
      advice: 'A new key is needed, or one with the missing rights.',
    },
    E_RATE_LIMITED: {
      what: 'The shop or Klaviyo asked us to come back later.',
      advice: 'Nothing to do: it goes on by itself.',
    },
    E_REMOTE_UNAVAILABLE: { what: 'The shop or Klaviyo did not answer.', advice: 'Nothing to do, unless it lasts.' },
    E_REMOTE_REJECTED: {
      what: 'The shop or Klaviyo refused what we sent.',
      advice: 'Show the details to whoever installed Scontrino.',
    },
    E_REMOTE_CONTRACT: {
      what: 'The shop or Klaviyo answered in a form we do not know.',
      advice: 'Scontrino has to be updated.',
    },
    E_CONFLICT: { what: 'The same request was made twice with different contents.', advice: 'Make it once more.' },
    E_RECORD: { what: 'Some records cannot be used.', advice: 'They are listed below, each with its reason.' },
    E_STORE: { what: 'The database did not answer.', advice: 'Nothing to do, unless it lasts.' },
    E_ABORTED: { what: 'It was interrupted.', advice: 'Nothing to do: the next run goes on from there.' },
    E_BUG: { what: 'A mistake of ours.', advice: 'Show the details to whoever installed Scontrino.' },
  } as Readonly<Record<string, ErrorWords>>,

  thresholds: thresholdsEn,

  rejects: {
    title: 'What could not be used',
    none: 'Every record was readable, and Klaviyo took every profile.',
    deadLetters: 'Records of the shop that could not be read',
    refused: 'Profiles that Klaviyo refused',
    columns: {
      source: 'Source',
      place: 'Place',
      field: 'Field',
      reason: 'Reason',
      seen: 'Last seen',
      profile: 'Profile',
      at: 'Refused',
    },
    more: (limit: string) => `Only the first ${limit} are shown.`,
    retry: 'Try again',
    retryHint:
      'Refused profiles are sent again, and sources with unreadable records are read from their beginning, in a new sync.',
    busy: 'The shop is being read at this moment. Try again when that has ended.',
  },

  segments: {
    title: 'Segments',
    intro: 'Groups in Klaviyo that Scontrino keeps: what they will hold, before they exist and after.',
    none: 'No segment is configured.',
    known: 'What Scontrino keeps in Klaviyo',
    standings: {
      create: 'is not in Klaviyo yet',
      update: 'is to be updated in Klaviyo',
      drifted: 'was changed in Klaviyo',
      unchanged: 'is as it should be',
      unwanted: 'is no longer configured',
    },
    findings: {
      fits: 'fits',
      'not-yet': 'too early to tell',
      empty: 'is empty',
      off: 'is not as large as expected',
    },
    causes: {
      'just-changed': () => 'it was changed so recently that Klaviyo has not filled it yet',
      processing: () => 'Klaviyo is still working on it',
      'just-pushed': (text: string) => `${text} profiles were sent minutes ago; they follow`,
      'not-counted': () => 'it has not been counted yet',
      drifted: () => 'somebody changed it in Klaviyo',
      'not-applied': () => 'the configuration asks for something else by now, and that is not applied yet',
      'no-profile': (text: string) => `${text} customers have no profile in Klaviyo, and none are created`,
      refused: (text: string) => `Klaviyo refused the profiles of ${text} customers`,
      pending: (text: string) => `the profiles of ${text} customers are still to be sent`,
      'prefix-changed': (text: string) => `the properties were called ${text}… before; profiles may still carry those`,
      'to-be-cleared': (text: string) =>
        `${text} profiles of people who are no customers any more still carry our properties`,
      'not-pushed-by-us': (text: string) => `${text} profiles carry the property that Scontrino did not send`,
      'looked-at-daily': () => 'it asks how long ago something was, which Klaviyo looks at once a day',
      'own-figures': () => 'it goes by Klaviyo’s own figures, which follow Klaviyo’s rules',
      slow: () => 'nothing explains it; Klaviyo has been this slow before',
      unknown: () => 'nothing that is known explains it',
    } satisfies Record<SizeCauseKind, (text: string) => string> as Readonly<
      Record<SizeCauseKind, (text: string) => string>
    >,
    fewerMembers: (count: string) => `expected there: ${count}, because only customers with a profile can be members`,
    countedAt: (instant: string) => `counted ${instant}`,
    lastChange: (kind: string, instant: string) => `${kind} ${instant}`,
    changes: { create: 'created', update: 'updated', adopt: 'adopted' },
    theirFigures: 'It goes by Klaviyo’s own figures; customers and revenue here are by ours.',
    missingFigures: 'It goes by Klaviyo’s own figures, and no profile we looked at has any: it would stay empty.',
    look: 'Compare with Klaviyo',
    lookHint: 'Looks at Klaviyo and shows what would change. Nothing is changed by looking.',
    plan: 'Plan',
    columns: {
      segment: 'Segment',
      customers: 'Customers',
      orders: 'Orders',
      revenue: 'Revenue',
      state: 'State',
      members: 'In Klaviyo',
      action: 'What happens',
    },
    actions: {
      create: 'will be created',
      update: 'will be updated',
      drifted: 'was changed in Klaviyo; will be put back',
      unchanged: 'is as it should be',
      adopt: 'exists already and becomes ours',
      unwanted: 'is no longer configured; stays as it is',
      blocked: 'cannot be created: another segment has this name',
    } satisfies Record<PlanAction, string> as Readonly<Record<PlanAction, string>>,
    thresholds: 'Thresholds that follow the shop',
    decisions: {
      set: (f: ThresholdFigures) =>
        `${f.name} is ${f.price} from now on (today ${f.today}); it may move after ${f.after}.`,
      moved: (f: ThresholdFigures) =>
        `${f.name} moves from ${f.former} to ${f.price}: it is now ${f.today}, more than ${f.tolerance} away. It may move again after ${f.after}.`,
      held: (f: ThresholdFigures) =>
        `${f.name} stays at ${f.price}: it is now ${f.today} and would be ${f.wanted}, but may move only after ${f.after}.`,
      kept: (f: ThresholdFigures) =>
        `${f.name} stays at ${f.price}: it is now ${f.today}, within ${f.tolerance} or the same as a price.`,
      waiting: (f: ThresholdFigures) => `${f.name} has no value today, since no customer has an order that counts.`,
    },
    waitingSegment: (name: string) => `${name} is not made yet: it waits for a threshold.`,
    wavering: (days: string, plain: string, held: string | null) =>
      `In the last ${days} days ${plain} customers would have changed band and come back by the borders alone; ${held === null ? 'no margin or minimum stay is configured.' : `as configured ${held} did.`}`,
    differences: 'What is different',
    difference: (path: string, from: string, to: string) => `${path}: ${from} → ${to}`,
    nothingThere: 'nothing',
    flow: (flow: string, status: string) =>
      `The flow “${flow}” (${status}) starts from it: who enters it may get mail.`,
    flowsUnseen: 'Our key may not read flows, so that one may start from it unseen.',
    apply: 'Apply the plan',
    confirm: 'Yes, change these segments in Klaviyo',
    quota: (creates: string, createsLeft: string, updates: string, updatesLeft: string) =>
      `It takes ${creates} of the ${createsLeft} segments that Klaviyo lets us create today, and ${updates} of the ${updatesLeft} that it lets us change.`,
    quotaShort: 'That is more than is left today: the rest has to wait, apply again tomorrow.',
    nothingToApply: 'There is nothing to apply.',
    changed: 'Something has changed since you looked. This is the plan as it is now; nothing was applied.',
    busy: 'A sync is working on the segments at this moment. Try again when it has ended.',
    applied: 'What was done',
    outcomes: {
      created: 'created',
      updated: 'updated',
      'put back': 'put back',
      adopted: 'adopted',
      deleted: 'deleted',
      unchanged: 'unchanged',
      kept: 'kept',
      blocked: 'blocked: another segment has this name',
      held: 'held back: a flow starts from it',
      drifted: 'left as it was changed in Klaviyo',
      unfounded: 'not written: Klaviyo has no figures of its own to go by',
      deferred: 'has to wait until Klaviyo allows more',
    } as Readonly<Record<string, string>>,
    confirmMissing: 'Tick the box to confirm.',
  },
}
