import type { ThresholdMethod } from '../../../core/thresholds/threshold-advice.ts'
import type { Remark } from '../../browser/typed-thresholds.ts'

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
  median: (amount: string) => `Median customer: half of them spend ${amount} or less per order`,
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
  remarks: {
    noAmount: (typed: string, price: string) =>
      `“${typed}” is no amount such as 60 or 49.90. The line stays at ${price}.`,
    notPositive: (typed: string, price: string) =>
      `A threshold is above nothing, and “${typed}” is not. The line stays at ${price}.`,
    ambiguous: (typed: string, price: string) =>
      `“${typed}” can be read in two ways: write thousands without a sign between them. The line stays at ${price}.`,
    beyond: (typed: string, price: string) => `“${typed}” lies beyond this axis. The line stands at its end, ${price}.`,
    swapped: (typed: string, price: string) =>
      `“${typed}” was typed where the other line belongs: the two were swapped, and this one stands at ${price}.`,
    rounded: (typed: string, price: string) =>
      `“${typed}” became ${price}: lines stand at prices of three digits, where customers can be counted exactly.`,
    read: (typed: string, price: string) => `“${typed}” was read as ${price}.`,
    gaveWay: (_typed: string, price: string) =>
      `Moved to ${price}, since the lower line has to be below the upper one.`,
  } satisfies Record<Remark['kind'], unknown>,
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
      `Scontrino does what its configuration says, and this page does not write it. These lines are for the account “${account}” of scontrino.yaml: change them there, or send them to whoever installed it; the next sync does the rest.`,
    add: 'Nothing is said of bands there yet. Add:',
    replace: (line: string) => `Bands are configured there already. In place of “${line}” put:`,
    fix: (line: string, low: string, high: string) =>
      `Your bands follow the shop: “${line}”, today ${low} and ${high}. In its place this would fix them, so that they no longer move with the shop:`,
    follow: 'Or in its place this: it goes on following the shop, and today comes out about where the lines stand:',
    same: 'The lines stand where your bands are configured: there is nothing to change.',
    addEntry: 'For a segment of each band, add this entry to the segments that are there:',
    addSegments: 'For a segment of each band, add:',
    family: 'The segments of the bands change with them by themselves.',
    ownSegments: (names: string) =>
      `Segments of single bands are configured already: ${names}. Add no other for the same customers. What they say in amounts does not move with the bands: change it there too.`,
    copy: 'Copy',
    copied: 'Copied.',
  },
}
