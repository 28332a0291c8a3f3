import { describe, expect, test } from 'vitest'
import {
  AuthError,
  ContractError,
  RateLimitedError,
  RemoteUnavailableError,
  ScontrinoError,
} from '../../src/core/errors.ts'
import type { ShopFault } from '../../src/sandbox/shop-server/shop-faults.ts'
import { openSource } from './open-source.ts'
import { fillShop, newOrder, openReading, readOn, STARTED_AT, worthOfBook, worthOfLedger } from './shop-reading.ts'
import type { RigShop, ShopRig } from './shop-rig.ts'
import { DAY, HOUR, SETTLED, SWEPT } from './sweep-times.ts'

const { signal } = new AbortController()

/** The error that reading ends with. */
async function failureOf(read: () => Promise<unknown>): Promise<ScontrinoError> {
  const failure = await read().then(
    () => null,
    (error: unknown) => error,
  )
  expect(failure).toBeInstanceOf(ScontrinoError)
  return failure as ScontrinoError
}

/** Everything of an error that may come into a log, its causes included. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const context = error instanceof ScontrinoError ? JSON.stringify(error.context) : ''
  return [error.message, error.stack, context, error.cause === undefined ? '' : textOf(error.cause)].join('\n')
}

/** What must never be shown: settings that are secrets, as they are and as headers carry them, and addresses. */
function secretsOf({ source }: RigShop, wrong: Readonly<Record<string, unknown>>): string[] {
  const texts = [source, wrong].flatMap((settings) =>
    Object.entries(settings).flatMap(([name, value]) =>
      /key|secret|token|password/i.test(name) && typeof value === 'string' ? [value] : [],
    ),
  )
  return ['@shop.test', ...texts, ...texts.map((text) => Buffer.from(`${text}:`).toString('base64').slice(0, -4))]
}

/** A sandbox shop and its faults. */
async function openFaulty(rig: ShopRig, settings: ShopRig['smallPages']) {
  const reading = await openReading(rig, settings)
  const { faults } = reading.shop
  if (faults === null) throw new Error('this shop cannot be told to fail')
  return { ...reading, shop: { ...reading.shop, faults } }
}

/**
 * What every source must do when its shop fails, its key is wrong, or its records cannot be read. To be called within a
 * `describe` of the rig's name.
 */
export function describeFaults(rig: ShopRig): void {
  test('with a wrong key reads nothing, deletes nothing, and says what to do', async () => {
    const reading = await openReading(rig, rig.smallPages)
    await fillShop(reading, 10)
    const { shop, ledger } = reading
    await shop.clock.advance(DAY)
    await reading.read()
    const wrong = openSource(shop, { ...rig.smallPages, ...rig.wrongKey })
    await shop.clock.advance(SWEPT)
    const last = ledger.cursors.at(-1) ?? null
    const failures = [
      await failureOf(() => readOn(wrong, last)),
      await failureOf(async () => wrong.fetchOrders?.([rig.idOf(1_001)], signal)),
    ]
    for (const failure of failures) expect(failure).toBeInstanceOf(AuthError)
    const findings = await wrong.check(signal)
    expect(findings).toContainEqual(
      expect.objectContaining({ level: 'problem', code: 'E_AUTH', action: expect.stringMatching(/\w/) }),
    )
    const told = [...failures.map(textOf), JSON.stringify(findings)].join('\n')
    for (const secret of secretsOf(shop, rig.wrongKey)) expect(told).not.toContain(secret)
  })

  test('is checked: the key is fine, and the currency is told', async () => {
    const reading = await openReading(rig, rig.smallPages, { timezone: 'America/New_York', currency: 'CHF' })
    await reading.shop.book.place(newOrder({ currency: 'CHF' }))
    const findings = await reading.source.check(signal)
    expect(findings.filter(({ level }) => level === 'problem')).toEqual([])
    const told = findings.map(({ message }) => message).join('\n')
    expect(told).toContain(rig.isReal === true ? 'EUR' : 'CHF')
    for (const secret of secretsOf(reading.shop, {})) expect(JSON.stringify(findings)).not.toContain(secret)
  })

  describe.skipIf(rig.isReal === true)('with a shop that can be told to fail', () => describeTold(rig))
}

function describeTold(rig: ShopRig): void {
  test('fails loudly when the shop ignores the filter', async () => {
    const reading = await openFaulty(rig, rig.smallPages)
    await fillShop(reading, 30)
    const { book, clock, faults } = reading.shop
    await clock.advance(DAY)
    await reading.read()
    await clock.advance(5 * HOUR)
    await book.place(newOrder())
    await clock.advance(SETTLED)
    faults.add({ kind: 'ignore-filter' }, { times: 1_000 })
    expect(await failureOf(reading.read)).toBeInstanceOf(ContractError)
    faults.clear()
    await reading.read()
    expect(worthOfLedger(reading.ledger)).toEqual(worthOfBook(reading))
  })

  const LONG_S = 3_600
  test.each<[string, ShopFault, new (...args: never[]) => ScontrinoError]>([
    ['429', { kind: 'status', status: 429, retryAfterSeconds: LONG_S }, RateLimitedError],
    ['503 with a time to come back', { kind: 'status', status: 503, retryAfterSeconds: LONG_S }, RateLimitedError],
    ['500', { kind: 'status', status: 500 }, RemoteUnavailableError],
    ['a lost connection', { kind: 'drop' }, RemoteUnavailableError],
    ['a torn answer', { kind: 'truncate' }, RemoteUnavailableError],
    ['a page of HTML instead of data', { kind: 'html', status: 200 }, RemoteUnavailableError],
    ['a wall in front of the shop', { kind: 'html', status: 403 }, RemoteUnavailableError],
  ])('answers %s with the right error, tells no secret, and goes on where it was', async (__, fault, expected) => {
    const reading = await openFaulty(rig, rig.smallPages)
    await fillShop(reading, 20)
    const { shop, ledger } = reading
    await shop.clock.advance(HOUR)
    shop.faults.add(fault, { times: 1_000 })
    const failure = await failureOf(reading.read)
    expect(failure).toBeInstanceOf(expected)
    if (failure instanceof RateLimitedError) expect(failure.delayMs).toBeGreaterThan((LONG_S - 60) * 1_000)
    for (const secret of secretsOf(shop, {})) expect(textOf(failure)).not.toContain(secret)
    shop.faults.clear()
    await reading.read(1)
    shop.faults.add(fault, { times: 1_000 })
    expect(await failureOf(reading.read)).toBeInstanceOf(expected)
    shop.faults.clear()
    await reading.read()
    expect(worthOfLedger(ledger)).toEqual(worthOfBook(reading))
  })

  test.each<[string, ShopFault]>([
    ['500', { kind: 'status', status: 500 }],
    ['a lost connection', { kind: 'drop' }],
    ['a torn answer', { kind: 'truncate' }],
  ])('outlives a single %s', async (__, fault) => {
    const reading = await openFaulty(rig, rig.smallPages)
    await fillShop(reading, 10)
    // Whatever is only done once, such as getting a token, is behind us.
    await reading.source.fetchOrders?.([], signal)
    await reading.source.check(signal)
    await reading.shop.clock.advance(HOUR)
    reading.shop.faults.add(fault)
    await reading.read()
    expect(worthOfLedger(reading.ledger)).toEqual(worthOfBook(reading))
  })

  test('is checked when the shop is away: a problem, no failure', async () => {
    const reading = await openFaulty(rig, rig.smallPages)
    reading.shop.faults.add({ kind: 'drop' }, { times: 1_000 })
    const findings = await reading.source.check(signal)
    expect(findings).toContainEqual(expect.objectContaining({ level: 'problem', code: 'E_REMOTE_UNAVAILABLE' }))
  })

  // An export comes as one file, of which the sandbox spoils nothing.
  if (rig.exports === true) return
  test('puts a malformed record aside, reads the rest, and is done with it once it is mended', async () => {
    const reading = await openFaulty(rig, rig.smallPages)
    for (let n = 0; n < 5; n += 1)
      await reading.shop.book.place(newOrder({ placedAt: new Date(STARTED_AT.getTime() - (n + 5) * HOUR) }))
    const { book, clock, faults } = reading.shop
    await clock.advance(HOUR)
    faults.add({ kind: 'malformed-record' }, { times: 1_000 })
    await reading.read()
    const { ledger } = reading
    expect(ledger.deadLetters.size).toBeGreaterThan(0)
    expect(ledger.orders.size + ledger.deadLetters.size).toBe(5)
    const places = [...book.orders.values()].map(({ id }) => `order ${rig.idOf(id)}`)
    for (const place of ledger.deadLetters.keys()) expect(places).toContain(place)
    faults.clear()
    await clock.advance(SWEPT)
    await reading.read()
    expect([...ledger.deadLetters.keys()]).toEqual([])
    expect(worthOfLedger(ledger)).toEqual(worthOfBook(reading))
  })
}
