import { Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import type { CustomerLine } from '../../src/app/application.ts'
import { createCli } from '../support/cli.ts'
import { CUSTOMERS } from '../support/cli-ledger.ts'

/** A ledger of `pages` equal pages that counts how many were asked for. */
function createPages(pages: number) {
  const counter = { read: 0, closed: false }
  async function* readCustomers(): AsyncGenerator<readonly CustomerLine[]> {
    try {
      while (counter.read < pages) {
        counter.read += 1
        yield CUSTOMERS
      }
    } finally {
      counter.closed = true
    }
  }
  return { counter, application: { readCustomers } }
}

/** A reader that takes one write at a time, when it is told to. */
function createSlowReader() {
  const waiting: (() => void)[] = []
  const stream = new Writable({
    highWaterMark: 1,
    write(_chunk, _encoding, done) {
      waiting.push(done)
    },
  })
  return { stream, take: () => waiting.shift()?.() }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate)
}

describe('customers', () => {
  it('writes CSV as RFC 4180 has it: a header, CRLF, quotes doubled, nothing for null', async () => {
    const { exitCode, stdout } = await createCli().run('customers')
    expect(exitCode).toBe(0)
    expect(stdout.split('\r\n')).toEqual([
      'account,email,currency,order_count,net_revenue,aov,order_count_12m,net_revenue_12m,aov_12m,first_order_at,last_order_at,avg_days_between_orders',
      'main,anna@example.com,GBP,3,1442.61,480.87,1,480.87,480.87,2025-01-02T03:04:05.000Z,2026-06-07T08:09:10.000Z,30.5',
      'main,"""odd,name""@example.com",GBP,3,1442.61,480.87,1,480.87,,2025-01-02T03:04:05.000Z,2026-06-07T08:09:10.000Z,',
      '',
    ])
  })

  it('writes JSON Lines, money as text in major units', async () => {
    const { stdout } = await createCli().run('customers', '--format', 'jsonl', '--account', 'main')
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(rows).toMatchObject([
      { email: 'anna@example.com', net_revenue: '1442.61', aov: '480.87', avg_days_between_orders: 30.5 },
      { email: '"odd,name"@example.com', aov_12m: null, avg_days_between_orders: null },
    ])
  })

  it('lets a spreadsheet calculate no address, and leaves it as it is in JSON Lines', async () => {
    const [customer] = CUSTOMERS
    if (customer === undefined) throw new Error('there is a customer')
    async function* readCustomers() {
      yield [{ ...customer, email: '=1+1@evil.example' } as CustomerLine]
    }
    const { run } = createCli({ application: { readCustomers } })
    expect((await run('customers', '--account', 'main')).stdout).toContain("\r\nmain,'=1+1@evil.example,GBP,")
    const { stdout } = await run('customers', '--account', 'main', '--format', 'jsonl')
    expect(JSON.parse(stdout)).toMatchObject({ email: '=1+1@evil.example' })
  })

  it('knows how many decimals a currency has', async () => {
    const { application } = createPages(1)
    const { stdout } = await createCli({ application }).run('customers', '--account', 'japan')
    expect(stdout).toContain('japan,anna@example.com,JPY,3,144261,48087,')
  })

  it('writes the header of a ledger without customers', async () => {
    const { stdout } = await createCli().run('customers', '--account', 'japan')
    expect(stdout).toMatch(/^account,email,.*\r\n$/)
  })

  it('refuses --json and names what to use instead', async () => {
    const { exitCode, document } = await createCli().run('customers', '--json')
    expect(exitCode).toBe(64)
    expect(document()).toMatchObject({ error: { code: 'E_USAGE', message: expect.stringContaining('--format jsonl') } })
  })

  it('reads no further than its reader takes', async () => {
    const { counter, application } = createPages(100)
    const { stream, take } = createSlowReader()
    const running = createCli({ application, context: { stdout: stream } }).run('customers', '-a', 'main')
    await settle()
    expect(counter.read).toBe(0)
    take()
    await settle()
    expect(counter.read).toBe(1)
    take()
    await settle()
    expect(counter.read).toBe(2)
    while (counter.read < 100 || !counter.closed) {
      take()
      await settle()
    }
    expect((await running).exitCode).toBe(0)
  })

  it('can be stopped while its reader takes nothing', async () => {
    const { counter, application } = createPages(100)
    const stopping = new AbortController()
    const { stream, take } = createSlowReader()
    const { run, calls } = createCli({ application, context: { stdout: stream, signal: stopping.signal } })
    const running = run('customers', '-a', 'main')
    await settle()
    take()
    await settle()
    stopping.abort()
    expect((await running).exitCode).toBe(130)
    expect(counter).toEqual({ read: 1, closed: true })
    expect(calls.at(-1)).toEqual(['close'])
  })

  it('ends quietly when its reader has gone', async () => {
    const { counter, application } = createPages(100)
    let writes = 0
    const stdout = new Writable({
      write(_chunk, _encoding, done) {
        writes += 1
        done(writes < 3 ? null : Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
      },
    })
    const { run, calls } = createCli({ application, context: { stdout } })
    const { exitCode, stderr } = await run('customers', '-a', 'main')
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(counter).toEqual({ read: 2, closed: true })
    expect(calls.at(-1)).toEqual(['close'])
  })

  it('fails when what it wrote could not be kept', async () => {
    const stdout = new Writable({
      write(_chunk, _encoding, done) {
        done(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }))
      },
    })
    const { exitCode, stderr } = await createCli({ context: { stdout } }).run('customers')
    expect(exitCode).toBe(70)
    expect(stderr).toContain('writing to standard output: Error: no space left on device')
  })
})
