import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ContractError } from '../../src/core/errors.ts'
import type { Feed, FeedWindow } from '../../src/reading/feed.ts'
import { type FeedPosition, type FeedStep, readFeed } from '../../src/reading/read-feed.ts'

interface Item {
  readonly id: string
  readonly ms: number
}

/** What a shop does not keep to. */
interface Faults {
  readonly from?: true
  readonly seen?: true
  readonly order?: true
  readonly before?: true
}

/** A list that does not change, in pages. */
function listFeed(items: readonly Item[], pageSize: number, faultsOf: (call: number) => Faults): Feed<Item> {
  let calls = 0
  return {
    what: 'items by ms',
    precisionMs: 1,
    idOf: ({ id }) => id,
    instantOf: ({ ms }) => new Date(ms),
    async fetchPage({ from, before, seen }: FeedWindow) {
      const faults = faultsOf(calls)
      calls += 1
      const matching = items
        .filter(({ ms }) => faults.from || ms >= from.getTime())
        .filter(({ ms }) => faults.before || ms < before.getTime())
        .filter(({ id }) => faults.seen || !seen.includes(id))
        .toSorted((a, b) => (faults.order ? b.ms - a.ms : a.ms - b.ms))
      return { records: matching.slice(0, pageSize), isLast: matching.length <= pageSize }
    },
  }
}

async function stepsOf(feed: Feed<Item>, start: FeedPosition, beforeMs: number): Promise<FeedStep<Item>[]> {
  const steps: FeedStep<Item>[] = []
  for await (const step of readFeed(feed, start, new Date(beforeMs), new AbortController().signal)) steps.push(step)
  return steps
}

/** Some at one instant. */
const items = fc
  .array(fc.integer({ min: 0, max: 9 }), { maxLength: 20 })
  .map((list) => list.map((ms, index): Item => ({ id: `i${index}`, ms })))
const distinct = fc
  .uniqueArray(fc.nat({ max: 60 }), { maxLength: 20 })
  .map((list) => list.map((ms): Item => ({ id: `i${ms}`, ms })))
const beginning: FeedPosition = { fromMs: 0, seen: [] }
const idsOf = (list: readonly Item[]) => list.map(({ id }) => id).toSorted()

describe('a feed read from any page on', () => {
  const pageSize = fc.integer({ min: 1, max: 4 })

  test('gives every record of its window once, and names who lies behind each position', async () => {
    await fc.assert(
      fc.asyncProperty(
        items,
        pageSize,
        fc.integer({ min: 1, max: 10 }),
        fc.boolean(),
        async (list, size, end, over) => {
          const steps = await stepsOf(
            listFeed(list, size, () => (over ? { before: true } : {})),
            beginning,
            end,
          )
          expect(idsOf(steps.flatMap((step) => step.records))).toEqual(idsOf(list.filter(({ ms }) => ms < end)))
          let fromMs = 0
          for (const { position, passed } of steps) {
            const behind = list.filter(({ ms }) => ms >= fromMs && ms < position.fromMs)
            expect(passed.toSorted()).toEqual(idsOf(behind))
            fromMs = position.fromMs
          }
          expect(fromMs).toBe(end)
        },
      ),
      { numRuns: 500 },
    )
  })

  test('gives the same when it is begun anew at every position', async () => {
    await fc.assert(
      fc.asyncProperty(items, pageSize, async (list, size) => {
        const feed = listFeed(list, size, () => ({}))
        const whole = await stepsOf(feed, beginning, 10)
        let position = beginning
        for (const expected of whole) {
          const [step] = await stepsOf(feed, position, 10)
          expect(step).toEqual(expected)
          position = expected.position
        }
        expect(await stepsOf(feed, position, 10)).toEqual([])
      }),
      { numRuns: 200 },
    )
  })
})

describe('a shop that does not keep to what it is asked', () => {
  test('fails where a record has no instant: nobody could tell what lies behind it', async () => {
    const feed = listFeed([{ id: 'a', ms: 1 }], 2, () => ({}))
    const timeless = { ...feed, instantOf: () => new Date(Number.NaN) }
    await expect(stepsOf(timeless, beginning, 10)).rejects.toThrow(ContractError)
  })

  test('is told to ignore the filter when it gives what lies before it', async () => {
    const feed = listFeed([{ id: 'a', ms: 1 }], 2, () => ({ from: true }))
    await expect(stepsOf(feed, { fromMs: 5, seen: [] }, 10)).rejects.toThrow(/ignore the filter/)
  })

  const start = fc.record({ fromMs: fc.integer({ min: 1, max: 9 }), seen: fc.constant<string[]>([]) })
  const pageSize = fc.integer({ min: 2, max: 4 })

  /** Either every record of the window is there, or reading fails as a broken contract. */
  async function expectAllOrFailure(feed: Feed<Item>, list: readonly Item[], from: FeedPosition, endMs: number) {
    const read = await stepsOf(feed, from, endMs).catch((error: unknown) => error)
    if (!Array.isArray(read)) {
      expect(read).toBeInstanceOf(ContractError)
      return
    }
    const wanted = list.filter(({ ms }) => ms >= from.fromMs && ms < endMs)
    expect(idsOf(read.flatMap((step: FeedStep<Item>) => step.records))).toEqual(idsOf(wanted))
  }

  test.each([
    { from: true },
    { seen: true },
    { from: true, seen: true },
    { from: true, seen: true, before: true },
  ] as const)('loses nothing in silence: %j, whether once or always', async (faults) => {
    await fc.assert(
      fc.asyncProperty(items, pageSize, start, fc.option(fc.nat({ max: 4 })), async (list, size, from, only) => {
        const feed = listFeed(list, size, (call) => (only === null || call === only ? faults : {}))
        await expectAllOrFailure(feed, list, from, 10)
      }),
      { numRuns: 300 },
    )
  })

  test.each([
    { order: true },
    { order: true, from: true },
    { order: true, from: true, seen: true, before: true },
  ] as const)('loses nothing in silence where it lists the newest first: %j', async (faults) => {
    await fc.assert(
      fc.asyncProperty(distinct, pageSize, start, async (list, size, from) => {
        await expectAllOrFailure(
          listFeed(list, size, () => faults),
          list,
          from,
          50,
        )
      }),
      { numRuns: 300 },
    )
  })
})

describe('a shop that chooses ids first and loads their rows then', () => {
  /** Each item is saved anew, at most once, between being chosen for a page and being loaded for it. */
  test('loses none of the others to what was saved in between', async () => {
    const END = 100
    const size = fc.integer({ min: 1, max: 4 })
    await fc.assert(
      fc.asyncProperty(items, size, fc.array(fc.boolean(), { maxLength: 20 }), async (list, pageSize, saves) => {
        const saved = new Set<string>()
        const untouched = listFeed(list, pageSize, () => ({}))
        const feed: Feed<Item> = {
          ...untouched,
          async fetchPage({ from, before, seen }) {
            const chosen = list
              .filter(({ id, ms }) => !saved.has(id) && ms >= from.getTime() && ms < before.getTime())
              .filter(({ id }) => !seen.includes(id))
              .toSorted((a, b) => a.ms - b.ms)
            const page = chosen.slice(0, pageSize)
            for (const { id } of page) if (saves.pop() === true) saved.add(id)
            const records = page.map((item) => (saved.has(item.id) ? { ...item, ms: END + saved.size } : item))
            return { records, isLast: chosen.length <= pageSize }
          },
        }
        const steps = await stepsOf(feed, beginning, END)
        expect(idsOf(steps.flatMap((step) => step.records))).toEqual(idsOf(list.filter(({ id }) => !saved.has(id))))
      }),
    )
  })
})
