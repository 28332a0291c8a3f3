import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LedgerAccount } from '../../src/store/account.ts'
import { createCustomerStore } from '../../src/store/customers/customer-store.ts'
import { loadDeadLetterSources } from '../../src/store/orders/dead-letter-sources.ts'
import { countDeadLetters, loadDeadLetters } from '../../src/store/orders/dead-letters.ts'
import { createOrderStore } from '../../src/store/orders/orders.ts'
import { openTestLedger, type TestLedger, toPage } from '../support/ledger.ts'

let ledger: TestLedger
beforeAll(async () => {
  ledger = await openTestLedger()
})
afterAll(() => ledger.close())

const TASK = { place: 'data request 7', what: 'a customer asks what is stored of them' }
const customersOf = (account: LedgerAccount) => createCustomerStore(ledger.db, account)
const open = (account: LedgerAccount) => loadDeadLetters(ledger.db, account.accountId, 10)

describe('a task for a person', () => {
  it('is told before the records that could not be read, and counted apart from them', async () => {
    const account = await ledger.openAccount()
    const rejected = [{ place: 'order 1', reason: 'expected a date' }]
    await createOrderStore(ledger.db, account).saveOrderPage('a', { ...toPage([]), rejected }, new Date(0))
    await customersOf(account).noteTask('shop', TASK)
    expect(await open(account)).toMatchObject([
      { kind: 'task', source: 'shop', place: TASK.place, reason: TASK.what },
      { kind: 'record', source: 'a', place: 'order 1' },
    ])
    expect(await countDeadLetters(ledger.db, account.accountId)).toBe(1)
    expect(await loadDeadLetterSources(ledger.db, account.accountId)).toEqual(['a'])
  })

  it('stays open when its source is read from the beginning to the end', async () => {
    const account = await ledger.openAccount()
    const orders = createOrderStore(ledger.db, account)
    await customersOf(account).noteTask('shop', TASK)
    const { readSince } = await orders.beginReading('shop')
    await orders.saveOrderPage('shop', { ...toPage([]), completesReread: true }, readSince)
    expect(await open(account)).toMatchObject([{ kind: 'task' }])
  })

  it('is one however often it is asked for, and goes when a person has seen to it', async () => {
    const account = await ledger.openAccount()
    const customers = customersOf(account)
    await customers.noteTask('shop', TASK)
    await customers.noteTask('shop', TASK)
    const [task, ...more] = await open(account)
    expect(more).toEqual([])
    expect(await customers.finishTask(task?.number ?? 0)).toBe(true)
    expect(await open(account)).toEqual([])
    expect(await customers.finishTask(task?.number ?? 0)).toBe(false)
  })

  it('is open again when the shop asks again after it was done', async () => {
    const account = await ledger.openAccount()
    const customers = customersOf(account)
    await customers.noteTask('shop', TASK)
    await customers.finishTask((await open(account))[0]?.number ?? 0)
    await customers.noteTask('shop', TASK)
    expect(await open(account)).toMatchObject([{ kind: 'task', place: TASK.place }])
  })

  it('is closed neither by the number of a record nor from another account', async () => {
    const [account, other] = [await ledger.openAccount(), await ledger.openAccount()]
    const rejected = [{ place: 'order 1', reason: 'expected a date' }]
    await createOrderStore(ledger.db, account).saveOrderPage('shop', { ...toPage([]), rejected }, new Date(0))
    await customersOf(account).noteTask('shop', TASK)
    const letters = await open(account)
    expect(letters).toHaveLength(2)
    for (const { number, kind } of letters) {
      expect(await customersOf(kind === 'record' ? account : other).finishTask(number)).toBe(false)
    }
    expect(await open(account)).toHaveLength(2)
  })
})
