import type { PlanAction } from '../../../app/plan-action.ts'
import type { SizeFinding } from '../../../core/segments/segment-size.ts'
import type { WaitingCause } from '../../../core/thresholds/following.ts'
import type { ThresholdFigures } from '../figures.ts'

type SizeCauseKind = SizeFinding['causes'][number]['kind']

/** Segments and their plan, in English. */
export const segmentsEn = {
  title: 'Segments',
  intro: 'Groups in Klaviyo that Scontrino keeps: what they will hold, before they exist and after.',
  none: 'No segment is configured.',
  known: 'What Scontrino keeps in Klaviyo',
  standings: {
    create: 'is not in Klaviyo yet',
    update: 'is to be updated in Klaviyo',
    drifted: 'was changed in Klaviyo',
    unchanged: 'is as it should be',
    waiting: 'waits for a threshold and stays as it is',
    unwanted: 'is no longer configured',
  },
  findings: {
    fits: 'fits',
    'not-yet': 'too early to tell',
    outdated: 'to be counted again',
    empty: 'is empty',
    off: 'is not as large as expected',
  },
  causes: {
    'just-changed': () => 'it was changed so recently that Klaviyo has not filled it yet',
    processing: () => 'Klaviyo is still working on it',
    'just-pushed': (text: string) => `${text} profiles were sent minutes ago; they follow`,
    'forecast-moved': (text: string) =>
      `${text} members were expected when it was counted; by now it is another number`,
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
  noMembers: { notThere: 'not there yet', notCounted: 'not counted yet' },
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
      `${f.name} stays at ${f.price}: it is now ${f.today}, no more than ${f.tolerance} away.`,
    samePrice: (f: ThresholdFigures) =>
      `${f.name} stays at ${f.price}: it is now ${f.today}, which comes to that price.`,
    waiting: (f: ThresholdFigures) => `${f.name} has no value today, since no customer has an order that counts.`,
    waitingAt: (f: ThresholdFigures) =>
      `${f.name} stays at ${f.price}: it has no value today, since no customer has an order that counts.`,
  },
  waitingSegment: (name: string, isMade: boolean, cause: string) =>
    `${name} ${isMade ? 'stays as it is in Klaviyo' : 'is not made yet'}: ${cause}.`,
  waitingCauses: {
    'no-value': (thresholds: string) => `${thresholds} has no value yet, since no customer has an order that counts`,
    'no-borders': () => 'the bands have no borders yet',
    'crossed-bands': () => 'the borders of the bands cross today',
    'crossed-amounts': () => 'its lower amount is above its upper one today',
  } satisfies Record<WaitingCause['kind'], (thresholds: string) => string> as Readonly<
    Record<WaitingCause['kind'], (thresholds: string) => string>
  >,
  lastTwelveMonths: (threshold: string) => `${threshold} of the last twelve months`,
  crossed: {
    border: (threshold: string, price: string) => `${threshold}, now ${price}`,
    above: (low: string, high: string) => `The lower border of the bands (${low}) is above the upper one (${high}).`,
    same: (low: string, high: string) =>
      `The lower border of the bands (${low}) is the same as the upper one (${high}).`,
    kept: (low: string, high: string, since: string | null) =>
      `Customers keep the bands of ${low} and ${high}${since === null ? '' : `, in force since ${since}`}.`,
    none: 'There were no bands before, so no customer has one.',
    advice:
      'Change the bands in the configuration so that the lower border stays below the upper one; the page Thresholds advises where.',
  },
  wavering: (days: string, plain: string, held: string | null) =>
    `In the last ${days} days ${plain} customers would have changed band and come back by the borders alone; ${held === null ? 'no margin or minimum stay is configured.' : `as configured ${held} did.`}`,
  heldInBand: (count: string, isOne: boolean) =>
    `${count} ${isOne ? 'customer is' : 'customers are'} held in another band than that of their AOV by today’s borders.`,
  differences: 'What is different',
  difference: (path: string, from: string, to: string) => `${path}: ${from} → ${to}`,
  nothingThere: 'nothing',
  flow: (flow: string, status: string) => `The flow “${flow}” (${status}) starts from it: who enters it may get mail.`,
  flowKept: (flow: string, status: string) => `The flow “${flow}” (${status}) starts from it: it would not be deleted.`,
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
  interrupted:
    'Applying stopped before it was done. What is listed here had been written by then and stays; compare with Klaviyo again for the rest.',
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
}
