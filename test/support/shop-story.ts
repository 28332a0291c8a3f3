import fc from 'fast-check'
import type { BookOrder, BookTraits, OrderChange } from '../../src/sandbox/shop-server/book.ts'
import { bookTraits, type HistoryStep, historySteps, takeStep } from './shop-history.ts'
import { createMemoryShop, type MemoryShop } from './shop-memory.ts'

/** One reading: how long after the one before, how many pages are saved before it is killed, and from where it begins. */
interface Reading {
  readonly advance: number
  /** Null: to its end. */
  readonly pages: number | null
  /** How many cursors back it begins, as after a restored ledger. */
  readonly back: number
}

/** A shop, what happens in it, and when it is read. In steps of the shop's instants unless said otherwise. */
export interface Story {
  readonly traits: BookTraits
  readonly pageSize: number
  readonly clockStepMs: number
  readonly named: ('refunds' | 'trash')[]
  readonly safety: number
  readonly lookBack: number
  readonly everyMs: number
  readonly reach: number
  readonly since: number
  readonly before: HistoryStep[]
  readonly during: HistoryStep[]
  readonly readings: Reading[]
}

const reading: fc.Arbitrary<Reading> = fc.record({
  advance: fc.constantFrom(0, 1, 5, 40),
  pages: fc.option(fc.nat({ max: 4 }), { freq: 3 }),
  back: fc.constantFrom(0, 0, 0, 1, 3),
})

/** Any story; most of what happens, happens while pages are being read. */
export const shopStory: fc.Arbitrary<Story> = fc.record({
  traits: bookTraits,
  pageSize: fc.integer({ min: 1, max: 4 }),
  clockStepMs: fc.constantFrom(1, 1000),
  named: fc.subarray<'refunds' | 'trash'>(['refunds', 'trash']),
  safety: fc.constantFrom(1, 2, 6),
  lookBack: fc.constantFrom(0, 1, 5, 100_000),
  everyMs: fc.constantFrom(0, 20_000, 1_000_000_000),
  reach: fc.constantFrom(0, 50, 1_000_000_000),
  since: fc.constantFrom(null, 300, -2).map((steps) => steps ?? Number.NaN),
  before: historySteps(12),
  during: historySteps(25),
  readings: fc.array(reading, { maxLength: 6 }),
})

/** Epoch, or so many steps before the shop begins. */
function sinceOf({ since, traits }: Story, startMs: number): Date {
  return Number.isNaN(since) ? new Date(0) : new Date(startMs - since * traits.precisionMs)
}

/** An order after one of its changes; null once it is destroyed. */
export interface Version {
  readonly order: BookOrder | null
  /** Whether a feed shows that there is something new. */
  readonly told: boolean
  /** The refund that alone tells of it, as long as its feed lists it. */
  readonly toldByRefund: number | undefined
}

/** Reads a shop once, as a `Reading` says. */
export type Reader = (reading: Pick<Reading, 'pages' | 'back'>) => Promise<void>

/**
 * Sets a story up: `live` plays it to its last change, `quieten` then lets time pass and reads to the end while nothing
 * happens.
 */
export function openStory(told: Story) {
  const { traits, pageSize, clockStepMs, named: wishes, readings } = told
  const stepMs = traits.precisionMs
  const named = wishes.filter((name) => name !== 'trash' || traits.movesUpdated.trash === true)
  const left = [...told.during]
  const versions = new Map<number, Version[]>()
  const START_MS = Date.parse('2026-03-01T12:00:00Z')
  const timing = {
    safetyMs: told.safety * stepMs,
    lookBackMs: told.lookBack * stepMs,
    sweep: { everyMs: told.everyMs, reachMs: told.reach * stepMs },
    since: sinceOf(told, START_MS),
  }
  const memory: MemoryShop = createMemoryShop({
    traits,
    pageSize,
    clockStepMs,
    named,
    timing,
    onAsked: () => next(left.shift()),
  })
  const { book, clock } = memory

  function isTold(order: BookOrder, kind: OrderChange['kind'] | 'place'): boolean {
    if (kind === 'destroy') return false
    if (kind === 'place') return order.placedAt.getTime() > clock.now().getTime() - stepMs
    if (kind === 'refund' && named.includes('refunds')) return true
    return traits.movesUpdated[kind] === true && (order.state !== 'trashed' || named.includes('trash'))
  }
  book.onChange((order, kind) => {
    const told = isTold(order, kind)
    const toldByRefund = told && kind === 'refund' && !traits.movesUpdated.refund ? order.refunds.at(-1)?.id : undefined
    const isListed = (id: number | undefined) => id === undefined || order.refunds.some((refund) => refund.id === id)
    // A refund that was deleted before anybody read it has told nobody anything.
    const before = (versions.get(order.id) ?? []).map((one) =>
      isListed(one.toldByRefund) ? one : { ...one, told: false, toldByRefund: undefined },
    )
    versions.set(order.id, [...before, { order: kind === 'destroy' ? null : order, told, toldByRefund }])
  })

  function next(step: HistoryStep | undefined): void {
    if (step === undefined) return
    memory.setLag(step.lag * timing.safetyMs)
    takeStep(book, traits, clock.now().getTime(), step)
    clock.advance(Math.floor(step.advance * stepMs))
  }

  async function live(read: Reader): Promise<void> {
    for (const step of told.before) next(step)
    for (const one of readings) {
      clock.advance(one.advance * stepMs)
      await read(one)
    }
    for (const step of left.splice(0)) next(step)
  }

  async function quieten(read: Reader, afterMs: number): Promise<void> {
    clock.advance(afterMs + timing.safetyMs + stepMs + clockStepMs)
    await read({ pages: null, back: 0 })
  }

  return { memory, versions, timing, live, quieten }
}
