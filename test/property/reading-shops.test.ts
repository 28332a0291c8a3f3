import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readShop } from '../../src/reading/read-shop.ts'
import type { BookOrder, BookTraits, OrderChange } from '../../src/sandbox/shop-server/book.ts'
import { bookTraits, type HistoryStep, historySteps, takeStep } from '../support/shop-history.ts'
import { createModelLedger, type ModelLedger } from '../support/shop-ledger-model.ts'
import { bookToOrder, createMemoryShop, type MemoryShop } from '../support/shop-memory.ts'

/** One reading: how long after the one before, how many pages are saved before it is killed, and from where it begins. */
interface Reading {
  readonly advance: number
  /** Null: to its end. */
  readonly pages: number | null
  /** How many cursors back it begins, as after a restored ledger. */
  readonly back: number
}

interface Story {
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

const story: fc.Arbitrary<Story> = fc.record({
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

interface Version {
  readonly order: BookOrder | null
  /** Whether a feed shows that there is something new. */
  readonly told: boolean
}

/** Plays a story up to the last change; `quieten` then reads to the end while nothing happens. */
function play(told: Story) {
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
    const list = versions.get(order.id) ?? []
    versions.set(order.id, [...list, { order: kind === 'destroy' ? null : order, told: isTold(order, kind) }])
  })

  function next(step: HistoryStep | undefined): void {
    if (step === undefined) return
    memory.setLag(step.lag * timing.safetyMs)
    takeStep(book, traits, clock.now().getTime(), step)
    clock.advance(Math.floor(step.advance * stepMs))
  }

  const ledger = createModelLedger(memory.source)

  /** As in the worker: a page is saved while the next one is being read, and what was read and not saved is lost. */
  async function read({ pages, back }: Pick<Reading, 'pages' | 'back'>): Promise<void> {
    const from = ledger.cursors.at(-1 - back) ?? null
    let saved = 0
    let waiting: Parameters<ModelLedger['save']>[0] | null = null
    for await (const page of readShop(memory.shop, from, new AbortController().signal)) {
      if (waiting !== null) await ledger.save(waiting)
      waiting = page
      if (pages !== null && saved >= pages) return
      saved += 1
    }
    if (waiting !== null) await ledger.save(waiting)
  }

  async function live(): Promise<void> {
    for (const step of told.before) next(step)
    for (const one of readings) {
      clock.advance(one.advance * stepMs)
      await read(one)
    }
    for (const step of left.splice(0)) next(step)
  }

  async function quieten(afterMs: number): Promise<void> {
    clock.advance(afterMs + timing.safetyMs + stepMs + clockStepMs)
    await read({ pages: null, back: 0 })
  }

  return { memory, ledger, versions, timing, stepMs, live, quieten }
}

/** What the ledger holds of it is at least as new as the last version that a feed told of. */
function isUpToDate(list: readonly Version[], stored: ReturnType<ModelLedger['orders']['get']>): boolean {
  const lastTold = list.findLastIndex((version) => version.told)
  const later = list.slice(lastTold)
  const isHidden = ({ order, told }: Version) => !told && (order === null || order.state === 'trashed')
  if (lastTold === -1 || later.some(isHidden)) return true
  if (stored === undefined) return later.some(({ order }) => order === null || order.state === 'trashed')
  return later.some((version) => isSame(version.order, stored))
}

function isSame(order: BookOrder | null, stored: NonNullable<ReturnType<ModelLedger['orders']['get']>>): boolean {
  if (order === null || order.state === 'trashed') return stored.state === 'deleted'
  const expected = bookToOrder(order)
  return JSON.stringify({ ...expected, updatedAt: null }) === JSON.stringify({ ...stored, updatedAt: null })
}

describe('what is read of a shop that changes meanwhile', () => {
  test('holds every change that a feed tells of, without a sweep', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (told) => {
        const { ledger, versions, timing, live, quieten } = play(told)
        await live()
        await quieten(0)
        const late = [...versions].filter(([id, list]) => {
          const first = list[0]?.order
          return (
            first !== null &&
            first !== undefined &&
            first.placedAt >= timing.since &&
            !isUpToDate(list, ledger.orders.get(String(id)))
          )
        })
        expect(late.map(([id, list]) => ({ id, list, stored: ledger.orders.get(String(id)) }))).toEqual([])
      }),
      { numRuns: 1500 },
    )
  })

  test('is the book, to the cent, after the next sweep', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (told) => {
        const whole = { ...told, everyMs: Math.min(told.everyMs, 20_000), reach: 1_000_000_000 }
        const { memory, ledger, timing, live, quieten } = play(whole)
        await live()
        await quieten(20_000)
        const listed = [...memory.book.orders.values()].filter((order) => order.state !== 'trashed')
        const expected = listed.filter((order) => order.placedAt >= timing.since).map(bookToOrder)
        const stored = [...ledger.orders.values()].filter((order) => order.state !== 'deleted')
        const byId = (a: { externalId: string }, b: { externalId: string }) => (a.externalId < b.externalId ? -1 : 1)
        expect(stored.toSorted(byId)).toEqual(expected.toSorted(byId))
      }),
      { numRuns: 1500 },
    )
  })
})
