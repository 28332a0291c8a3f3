import type { ThresholdMethod } from '../../../core/threshold-advice.ts'

/** Where to cut, in English. */
export const thresholdsEn = {
  title: 'Thresholds',
  intro:
    'How much your customers spend per order, and what two thresholds make of them. Drag the lines, or step with the arrow keys: the numbers follow at once, and nothing is changed by trying.',
  none: 'No customer has an order that counts yet, so there is nothing to cut.',
  bands: { low: 'Low', mid: 'Mid', high: 'High' },
  below: (price: string) => `below ${price}`,
  between: (low: string, high: string) => `${low} – ${high}`,
  above: (price: string) => `above ${price}`,
  chart: 'Customers by their average order',
  axis: 'Average order of a customer; equal distances are equal proportions.',
  median: (amount: string) => `Half of the customers spend ${amount} or less`,
  mean: (amount: string) => `The shop’s AOV is ${amount}`,
  nothing: (customers: string) =>
    `An AOV of nothing or less has no place on this axis (customers: ${customers}). It counts in the lowest band.`,
  lowThreshold: 'Lower threshold',
  highThreshold: 'Upper threshold',
  lowValue: (price: string, customers: string, share: string) => `${price}; customers below: ${customers}, ${share}`,
  highValue: (price: string, customers: string, share: string) => `${price}; customers above: ${customers}, ${share}`,
  apply: 'Show',
  rounded: (low: string, high: string) =>
    `Your bands are at ${low} and ${high}. The lines stand as near as they can: on this axis, at prices of three digits, where customers can be counted exactly.`,
  figures: {
    title: 'What each band holds',
    range: 'AOV',
    customers: 'Customers',
    customerShare: 'Share of customers',
    orders: 'Orders',
    revenue: 'Revenue',
    revenueShare: 'Share of revenue',
    aov: 'AOV of the band',
  },
  shares: { customers: 'Customers', revenue: 'Revenue' },
  table: {
    title: 'Customers by their average order',
    range: 'AOV of a customer',
    customers: 'Customers',
    share: 'Share',
    orders: 'Orders',
    revenue: 'Revenue',
  },
  advice: {
    title: 'Where to cut',
    intro:
      'Four ways to cut, counted over your customers. The more classes, the better any way fits: compare like with like.',
    show: 'Show the advice',
    waiting: 'The advice is being worked out…',
    failed: 'The advice could not be worked out just now.',
    methods: {
      store_aov: 'At the shop’s AOV',
      store_median: 'At the median customer',
      quantiles: 'Classes of equal size',
      natural_breaks: 'Natural breaks',
    } satisfies Record<ThresholdMethod, string> as Readonly<Record<ThresholdMethod, string>>,
    means: {
      store_aov: 'The usual cut. A few large orders pull it up, so that most customers usually lie below it.',
      store_median: 'Half of the customers on each side.',
      quantiles: 'The same number of customers in each class.',
      natural_breaks: 'Where there are few customers, so that those within a class are most alike.',
    } satisfies Record<ThresholdMethod, string> as Readonly<Record<ThresholdMethod, string>>,
    current: 'Your bands now',
    and: (first: string, second: string) => `${first} and ${second}`,
    fit: (share: string) => `The classes explain ${share} of how customers differ.`,
    cut: (price: string, raw: string, low: string, high: string, share: string) =>
      `${price}, rounded from ${raw}. Had other customers come by chance, it would lie between ${low} and ${high} in 95 of 100 cases, and within 10% of ${price} in ${share}.`,
    details: 'How sure that is',
    classRange: 'Class',
    put: 'Put the lines here',
    putLow: 'As the lower line',
    putHigh: 'As the upper line',
    from: (price: string) => `from ${price}`,
    fromBelow: (low: string, high: string) => `from ${low}, below ${high}`,
    all: 'all',
    warnings: {
      fewCustomers: (customers: string) =>
        `There are so few customers (${customers}) that every share rests on a handful.`,
      fewValues: (classes: string) => `There are only ${classes} different AOVs.`,
      samePrice: (price: string) => `Two cuts fall on ${price}: fewer classes would do.`,
      edge: (price: string) => `${price} is the least or the greatest AOV there is.`,
      emptyClass: (range: string) => `Nobody is in “${range}”.`,
      smallClass: (range: string, share: string) => `“${range}” holds only ${share} of the customers.`,
      largeClass: (range: string, share: string) => `“${range}” holds ${share} of the customers: it tells few apart.`,
      unstable: (price: string, share: string) =>
        `${price} stands on chance: only ${share} of the resamples come within 10% of it.`,
    },
  },
  yaml: {
    title: 'Make these your bands',
    intro: (account: string) =>
      `Scontrino does what its configuration says, and this page does not write it. Put these lines under the account “${account}” of scontrino.yaml, or send them to whoever installed it; the next sync does the rest.`,
    copy: 'Copy',
    copied: 'Copied.',
  },
}
