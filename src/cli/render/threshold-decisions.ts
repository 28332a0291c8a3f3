import { CROSSED_ACTION, crossedText } from '../../app/crossed-words.ts'
import type { PlannedFollowing } from '../../app/segment-plan.ts'
import { toLocalDate } from '../../core/instant.ts'
import { formatPrice } from '../../core/money.ts'
import type { CrossedBands } from '../../core/thresholds/crossed-bands.ts'
import type { WaitingCause } from '../../core/thresholds/following.ts'
import { isWithinTolerance, type ThresholdDecision, thresholdText } from '../../core/thresholds/threshold.ts'
import type { Paint, Style } from '../paint.ts'
import { formatAmount } from './number.ts'
import { toPlainText } from './table.ts'

const SIGNS: Readonly<Record<ThresholdDecision['outcome'], { readonly sign: string; readonly style: Style }>> = {
  set: { sign: '+', style: 'green' },
  moved: { sign: '~', style: 'yellow' },
  kept: { sign: ' ', style: 'dim' },
  held: { sign: '!', style: 'yellow' },
  waiting: { sign: '!', style: 'yellow' },
}

/** A line for each threshold: from what to what and why, or why not; and for each segment that waits for one. */
export function renderDecisions(following: PlannedFollowing, currency: string, paint: Paint): string[] {
  const { decisions, waiting, crossed, timezone } = following
  return [
    ...decisions.map((decision) => {
      const { sign, style } = SIGNS[decision.outcome]
      return `  ${paint(style, sign)} ${decisionText(decision, following, currency)}`
    }),
    ...(crossed === null ? [] : crossedLines(crossed, { currency, timezone }, paint)),
    ...waiting.map(({ name, cause, remoteId }) => {
      const state = remoteId === null ? 'is not made yet' : 'stays as it is in Klaviyo'
      return `  ${paint('yellow', '!')} ${toPlainText(name)} ${state}: ${waitingText(cause)}`
    }),
  ]
}

/** That borders of the bands cross, and what to do about it. */
export function crossedLines(
  crossed: CrossedBands,
  account: { readonly currency: string; readonly timezone: string },
  paint: Paint,
): string[] {
  return [paint('yellow', `  warning: ${crossedText(crossed, account)}`), `    → ${CROSSED_ACTION}`]
}

function waitingText(cause: WaitingCause): string {
  switch (cause.kind) {
    case 'no-value':
      return `${cause.thresholds.map(thresholdText).join(' and ')} has no value yet: no customer has an order that counts`
    case 'no-borders':
      return 'the bands have no borders yet'
    case 'crossed-bands':
      return 'the borders of the bands cross today'
    case 'crossed-amounts':
      return 'its lower amount is above its upper one today'
  }
}

function decisionText(decision: ThresholdDecision, { options, timezone }: PlannedFollowing, currency: string): string {
  const { outcome, rawMinor, valueMinor, formerMinor, wantedMinor, mayMoveAt } = decision
  const name = thresholdText(decision)
  const price = (minor: number | null) => (minor === null ? 'nothing' : formatPrice(minor, currency))
  const today = formatAmount(rawMinor, currency)
  const tenth = `${Math.round(options.tolerance * 1000) / 10}%`
  const then = mayMoveAt === null ? '' : toLocalDate(mayMoveAt, timezone)
  switch (outcome) {
    case 'set':
      return `${name} is ${price(valueMinor)} from now on (today ${today}); may move after ${then}`
    case 'moved':
      return `${name} moves ${price(formerMinor)} → ${price(valueMinor)}: it is now ${today}, more than ${tenth} away; may move again after ${then}`
    case 'held':
      return `${name} stays at ${price(valueMinor)}: it is now ${today} and would be ${price(wantedMinor)}, but may move only after ${then}`
    case 'kept': {
      const why = isWithinTolerance(decision, options)
        ? `within ${tenth} of the ${price(valueMinor)} in force`
        : `which comes to ${price(valueMinor)}`
      return `${name} is now ${today}, ${why}`
    }
    case 'waiting':
      return `${name} has no value today, since no customer has an order that counts${formerMinor === null ? '' : `; it stays at ${price(formerMinor)}`}`
  }
}
