import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { StoreReport } from '../../src/core/numbers/report.ts'
import type { FaultRule } from '../../src/sandbox/klaviyo/faults.ts'
import type { CliProcess } from '../support/cli-process.ts'
import { type HeldByKlaviyo, openRehearsal, type Rehearsal, rehearse } from '../support/rehearsal.ts'
import { rehearsalYaml } from '../support/rehearsal-yaml.ts'
import { makeSmallShop } from '../support/small-shop.ts'
import { until } from '../support/until.ts'
import { untilCompleted } from '../support/until-completed.ts'

const shop = makeSmallShop()

/** Everything a run ends in: what Klaviyo holds and what the ledger reports. */
interface EndState {
  readonly held: HeldByKlaviyo
  readonly report: StoreReport
}

async function endStateOf(rehearsal: Rehearsal): Promise<EndState> {
  return { held: await rehearsal.heldByKlaviyo(), report: await rehearsal.report() }
}

function fill(rehearsal: Rehearsal): void {
  rehearsal.write('orders.csv', shop.csv)
  rehearsal.write('scontrino.yaml', rehearsalYaml())
}

let undisturbed: EndState
beforeAll(async () => {
  const rehearsal = await openRehearsal()
  fill(rehearsal)
  await rehearsal.run('sync')
  undisturbed = await endStateOf(rehearsal)
  await rehearsal.close()
})

test('the undisturbed run is what a perfect program would do', () => {
  expect(Object.keys(undisturbed.held.profiles)).toHaveLength(shop.truth.net.customers)
  expect(undisturbed.held.segments.map(({ tags }) => tags)).toEqual([1, 1])
  expect(undisturbed.held.segments.flatMap(({ members }) => members).sort()).toEqual(
    Object.keys(undisturbed.held.profiles),
  )
})

/** Whether Klaviyo has got such a request. */
function hasGot({ klaviyo }: Rehearsal, operation: string): boolean {
  return (klaviyo.requestCounts().byOperation[operation] ?? 0) > 0
}

/** A moment of a sync: when it has come, and what makes it last. */
interface Moment {
  readonly name: string
  readonly fault?: FaultRule
  come(rehearsal: Rehearsal, sync: CliProcess): boolean
}

const HELD = 20_000
const MOMENTS: readonly Moment[] = [
  { name: 'when it has just said that it pulls', come: (_, sync) => /pulling|pull-orders/.test(sync.stderr()) },
  { name: 'when orders are saved and nothing is computed', come: (_, sync) => sync.stderr().includes('✓ main pull') },
  {
    name: 'while the import is on its way',
    fault: { kind: 'delay', delayMs: HELD, method: 'POST', path: '/api/profile-bulk-import-jobs' },
    come: (rehearsal) => hasGot(rehearsal, 'bulk_import_profiles'),
  },
  {
    name: 'when the import was accepted and its answer lost',
    fault: { kind: 'accept-then-drop', method: 'POST', path: '/api/profile-bulk-import-jobs' },
    come: ({ klaviyo }) => Object.keys(klaviyo.state.summary().jobs).length > 0,
  },
  {
    name: 'while it asks after the import',
    fault: { kind: 'delay', delayMs: HELD, method: 'GET', path: '/api/profile-bulk-import-jobs/' },
    come: (rehearsal) => hasGot(rehearsal, 'get_bulk_import_profiles_job'),
  },
  {
    name: 'when a segment was created and is not saved',
    fault: { kind: 'accept-then-drop', method: 'POST', path: '/api/segments' },
    come: ({ klaviyo }) => klaviyo.state.summary().segments > 0,
  },
  {
    name: 'between the first segment and the second',
    fault: { kind: 'delay', delayMs: HELD, method: 'POST', path: '/api/segments' },
    come: (rehearsal) => hasGot(rehearsal, 'create_segment'),
  },
  {
    name: 'when the tag was created and is on nothing',
    fault: { kind: 'accept-then-drop', method: 'POST', path: '^/api/tags$' },
    come: ({ klaviyo }) => klaviyo.state.summary().tags > 0,
  },
]

describe('a sync killed', () => {
  test.each(MOMENTS.map((moment) => [moment.name, moment] as const))(
    '%s ends, started again, as if nothing had happened',
    async (_, { fault, come }) => {
      const rehearsal = await rehearse()
      fill(rehearsal)
      if (fault !== undefined) rehearsal.klaviyo.faults.add(fault)
      const sync = rehearsal.start('sync')
      await until('the moment has come', () => come(rehearsal, sync))
      await sync.kill('SIGKILL')
      rehearsal.klaviyo.faults.clear()

      const again = await rehearsal.run('sync', '--json')
      expect(again.exitCode, again.stdout).toBe(0)
      expect(await endStateOf(rehearsal)).toEqual(undisturbed)
      const { runs } = (await rehearsal.run('runs', '--limit', '100', '--json')).document<{ runs: ListedRun[] }>()
      const ends = runs.map(({ job, state, interrupted }) => (interrupted ? `${job} interrupted` : state))
      expect(ends.filter((end) => end !== 'done' && end !== 'superseded')).toEqual([])
      expect(runs.filter(({ job, state }) => job === 'sync' && state === 'done').length).toBeGreaterThan(0)
    },
  )
})

interface ListedRun {
  readonly job: string
  readonly state: string
  readonly interrupted: boolean
}

/** After so many requests to Klaviyo each sync is killed; a sync makes about fifteen. */
const deaths = fc.array(fc.integer({ min: 1, max: 16 }), { minLength: 1, maxLength: 3 })

test('syncs killed again and again, wherever, end as if nothing had happened', async () => {
  await fc.assert(
    fc.asyncProperty(deaths, async (requests) => {
      const rehearsal = await openRehearsal()
      try {
        fill(rehearsal)
        for (const more of requests) {
          const enough = rehearsal.klaviyo.requestCounts().total + more
          const sync = rehearsal.start('sync')
          let hasEnded = false
          void sync.ended.then(() => {
            hasEnded = true
          })
          await until('it is time', () => hasEnded || rehearsal.klaviyo.requestCounts().total >= enough)
          await sync.kill('SIGKILL')
        }
        const last = await rehearsal.run('sync', '--json')
        expect(last.exitCode, last.stdout).toBe(0)
        expect(await endStateOf(rehearsal)).toEqual(undisturbed)
      } finally {
        await rehearsal.close()
      }
    }),
    // Shrinking would play the whole job many times more; seed and deaths of the failure are printed.
    { numRuns: 3, endOnFailure: true },
  )
})

describe('a worker killed', () => {
  let rehearsal: Rehearsal
  beforeAll(async () => {
    rehearsal = await openRehearsal()
    fill(rehearsal)
  })
  afterAll(() => rehearsal.close())

  test('in the middle of a job has it finished by the next worker within 25 s', async () => {
    const path = '/api/profile-bulk-import-jobs'
    rehearsal.klaviyo.faults.add({ kind: 'delay', delayMs: HELD, method: 'POST', path })
    const first = rehearsal.start('start', '--roles', 'worker,http')
    const [, url = ''] = await first.says(/Listening on (http:\S+?),/)
    const answer = await fetch(`${url}/v1/jobs/sync`, { method: 'POST' })
    expect(answer.status).toBe(202)
    await until('the import is on its way', () => hasGot(rehearsal, 'bulk_import_profiles'))
    await first.kill('SIGKILL')

    const startedAt = performance.now()
    const second = rehearsal.start('start', '--roles', 'worker,http')
    const [, next = ''] = await second.says(/Listening on (http:\S+?),/)
    const { pathname } = new URL(answer.headers.get('location') ?? '', url)
    await untilCompleted(next + pathname)
    expect(performance.now() - startedAt).toBeLessThan(25_000)
    await second.kill('SIGTERM')
    expect(await endStateOf(rehearsal)).toEqual(undisturbed)
  })
})
