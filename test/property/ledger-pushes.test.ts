import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ProfileStateStore } from '../../src/core/profiles/profile-state-store.ts'
import type { LedgerAccount } from '../../src/store/account.ts'
import { createAggregateStore } from '../../src/store/customers/aggregates.ts'
import { createOrderStore } from '../../src/store/orders/orders.ts'
import { NOTHING } from '../../src/store/profiles/profile-fingerprint.ts'
import { createProfileStateStore } from '../../src/store/profiles/profile-states.ts'
import { computeAll, openTestLedger, type TestLedger, toOrder, toPage } from '../support/ledger.ts'
import { NOW } from '../support/ledger-arbitraries.ts'
import { createPushedProfiles, type PushedProfiles } from '../support/pushed-profiles.ts'

const EMAILS = ['ann@shop.test', 'bob@shop.test', 'cem@shop.test']

/** Null cancels the customer's only order: nothing of theirs counts any more. */
const change = fc.record({
  does: fc.constant('change'),
  email: fc.constantFrom(...EMAILS),
  totalMinor: fc.option(fc.constantFrom(100, 200), { freq: 2 }),
})
const action = fc.oneof(
  { weight: 4, arbitrary: change },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('start'),
      limit: fc.integer({ min: 1, max: 3 }),
      death: fc.constantFrom('never', 'never', 'before posting', 'before recording'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('finish'),
      fate: fc.constantFrom('complete', 'complete', 'last refused', 'cancelled midway', 'cancelled at once'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('resume') }) },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('pushOne'), answer: fc.constantFrom('accepted', 'refused', 'lost') }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('retry') }) },
)
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

function openShop(account: LedgerAccount) {
  const orders = createOrderStore(ledger.db, account)
  const aggregates = createAggregateStore(ledger.db, account)
  let changes = 0
  return async (email: string, totalMinor: number | null) => {
    changes += 1
    const order = toOrder({
      externalId: email,
      customer: { email },
      updatedAt: new Date(NOW.getTime() + changes),
      totalMinor: totalMinor ?? 100,
      state: totalMinor === null ? 'cancelled' : 'placed',
    })
    await orders.saveOrderPage('shop', toPage([order]), new Date(0))
    await computeAll(aggregates, NOW)
  }
}

async function act(one: Action, pushed: PushedProfiles, states: ProfileStateStore, shop: ReturnType<typeof openShop>) {
  switch (one.does) {
    case 'change':
      return shop(one.email, one.totalMinor)
    case 'start':
      return pushed.start(one.limit, one.death)
    case 'finish':
      return pushed.finish(one.fate)
    case 'resume':
      return pushed.resume()
    case 'pushOne':
      return pushed.pushOne(one.answer)
    case 'retry':
      return states.retryRefused()
  }
}

async function desiredOf({ accountId }: LedgerAccount): Promise<Record<string, string>> {
  const { rows } = await ledger.db.query<{ email: string; desired: string }>(
    'select email, desired from profile_states where account_id = $1',
    [accountId],
  )
  return Object.fromEntries(rows.map(({ email, desired }) => [email, desired]))
}

/** Pushes until nothing is left to push, without any mishap. */
async function drain(pushed: PushedProfiles, states: ProfileStateStore): Promise<void> {
  await pushed.resume()
  await pushed.finish('complete')
  await states.retryRefused()
  while ((await pushed.start(2, 'never')).length > 0) await pushed.finish('complete')
}

async function openPush(): Promise<{
  account: LedgerAccount
  states: ProfileStateStore
  pushed: PushedProfiles
  shop: ReturnType<typeof openShop>
}> {
  const account = await ledger.openAccount()
  const states = createProfileStateStore(ledger.db, account)
  return { account, states, pushed: createPushedProfiles(states), shop: openShop(account) }
}

describe('profile states', () => {
  test('end with every profile holding what it should, whatever happened to pushes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 3, maxLength: 14 }), async (actions) => {
        const { account, states, pushed, shop } = await openPush()
        for (const one of actions) await act(one, pushed, states, shop)
        await drain(pushed, states)
        const desired = await desiredOf(account)
        expect({ ...fillOf(desired), ...Object.fromEntries(pushed.held) }).toEqual(desired)
      }),
      { numRuns: 60 },
    )
  })

  test('never have a profile cleared that nothing was sent to', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 3, maxLength: 12 }), async (actions) => {
        const { states, pushed, shop } = await openPush()
        const started = new Set<string>()
        for (const one of actions) {
          for (const profile of await states.loadPending(10)) {
            if (profile.desired === NOTHING) expect([...started, ...pushed.held.keys()]).toContain(profile.email)
          }
          const result = await act(one, pushed, states, shop)
          if (Array.isArray(result)) for (const profile of result) started.add(profile.email)
        }
      }),
      { numRuns: 25 },
    )
  })

  test('put every pending profile into one import only', async () => {
    const { states, shop } = await openPush()
    for (const email of EMAILS) await shop(email, 100)
    const pending = await states.loadPending(10)
    const imports = [await states.prepareImport(pending.slice(0, 2)), await states.prepareImport(pending)]
    const emails = await Promise.all(
      imports.map(async (id) => (await states.loadImportProfiles(id)).map((p) => p.email)),
    )
    expect(emails).toEqual([EMAILS.slice(0, 2), EMAILS.slice(2)])
    expect(await states.countPending()).toBe(0)
  })

  test('leave a refused profile alone until its content changes', async () => {
    const { states, pushed, shop } = await openPush()
    await shop('ann@shop.test', 100)
    await pushed.pushOne('refused')
    expect(await states.countPending()).toBe(0)
    await shop('ann@shop.test', 200)
    expect(await states.countPending()).toBe(1)
  })

  test('push a refused profile again when somebody asks for it', async () => {
    const { states, pushed, shop } = await openPush()
    await shop('ann@shop.test', 100)
    await pushed.start(1, 'never')
    await pushed.finish('last refused')
    expect([await states.countPending(), (await states.loadRefused(10)).map(({ code }) => code)]).toEqual([
      0,
      ['invalid'],
    ])
    expect([await states.retryRefused(), await states.countPending()]).toEqual([1, 1])
  })

  test('push a second time what changed while it was under way', async () => {
    const { states, pushed, shop } = await openPush()
    await shop('ann@shop.test', 100)
    await pushed.start(1, 'never')
    await shop('ann@shop.test', 200)
    expect(await states.countPending()).toBe(0)
    await pushed.finish('complete')
    expect(await states.countPending()).toBe(1)
  })

  test('push again what came back to its former content while an import was cancelled midway', async () => {
    const { states, pushed, shop } = await openPush()
    await shop('ann@shop.test', 100)
    await pushed.pushOne('accepted')
    await shop('ann@shop.test', 200)
    await pushed.start(1, 'never')
    await shop('ann@shop.test', 100)
    await pushed.finish('cancelled midway')
    expect(await states.countPending()).toBe(1)
  })

  test('clear what an import left whose answer was lost, and that was refused the second time', async () => {
    const { account, states, pushed, shop } = await openPush()
    await shop('ann@shop.test', 100)
    await pushed.start(1, 'before recording')
    await pushed.resume()
    await pushed.finish('last refused')
    await shop('ann@shop.test', null)
    await drain(pushed, states)
    expect(Object.fromEntries(pushed.held)).toEqual(await desiredOf(account))
  })

  test('push again what came back to its former content after a lost answer', async () => {
    const { states, pushed, shop } = await openPush()
    await shop('ann@shop.test', 100)
    await pushed.pushOne('accepted')
    await shop('ann@shop.test', 200)
    await pushed.pushOne('lost')
    await shop('ann@shop.test', 100)
    expect(await states.countPending()).toBe(1)
  })

  test('clear what a lost answer may have left and a later refusal says nothing about', async () => {
    const { states, pushed, shop } = await openPush()
    await shop('ann@shop.test', 100)
    await pushed.pushOne('lost')
    await pushed.pushOne('refused')
    await shop('ann@shop.test', null)
    expect(await states.countPending()).toBe(1)
  })

  test('do not push a profile that never held anything and should hold nothing', async () => {
    const { states, shop } = await openPush()
    await shop('ann@shop.test', 100)
    await shop('ann@shop.test', null)
    expect(await states.countPending()).toBe(0)
  })
})

const fillOf = (desired: Record<string, string>) =>
  Object.fromEntries(Object.keys(desired).map((email) => [email, NOTHING]))
