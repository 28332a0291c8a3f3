import { utimesSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { headerText } from '../../src/sandbox/shop/order-text.ts'
import { startCli } from '../support/cli-process.ts'
import { openRehearsal, type Rehearsal, rehearse } from '../support/rehearsal.ts'
import { rehearsalYaml } from '../support/rehearsal-yaml.ts'
import { makeSmallShop } from '../support/small-shop.ts'
import { until } from '../support/until.ts'

const shop = makeSmallShop({ customers: 60 })
const HEADER = headerText('csv')

/** A row of the sample shop's file. */
function row(order: string, email: string, total: string): string {
  return `${order},2026-10-01T10:00:00Z,2026-10-01T10:00:00Z,${email},,IT,${total},,,,,,,placed,false,web\n`
}

interface Sync {
  readonly summary: readonly { readonly orders: object; readonly profiles: object }[]
  readonly jobs: readonly { readonly job: string; readonly result: Readonly<Record<string, number>> | null }[]
}

describe('a file that is read again', () => {
  let rehearsal: Rehearsal
  beforeAll(async () => {
    rehearsal = await openRehearsal()
    rehearsal.write('orders.csv', shop.csv)
    rehearsal.write('scontrino.yaml', rehearsalYaml({ segments: [] }))
    await rehearsal.run('sync')
  })
  afterAll(() => rehearsal.close())

  const sync = async (...options: string[]) => {
    const { exitCode, document } = await rehearsal.run('sync', '--json', ...options)
    const { summary, jobs } = document<Sync>()
    const pages = jobs.find(({ job }) => job === 'pull-orders')?.result?.['pages']
    return { exitCode, pages, ...summary[0] }
  }

  test('unchanged has no page read', async () => {
    expect(await sync('--dry-run')).toMatchObject({
      pages: 0,
      orders: { read: 0, changed: 0 },
      profiles: { pending: 0 },
    })
  })

  test('touched has no order read', async () => {
    const now = new Date()
    utimesSync(join(rehearsal.folder, 'orders.csv'), now, now)
    expect(await sync('--dry-run')).toMatchObject({ orders: { read: 0, changed: 0 }, profiles: { pending: 0 } })
  })

  test('grown has its new order added, and one profile pushed', async () => {
    rehearsal.append('orders.csv', row('X1', 'ada@example.org', '80'))
    expect(await sync()).toMatchObject({ orders: { changed: 1 }, profiles: { pushed: 1 } })
    expect(rehearsal.klaviyo.state.propertiesOf('ada@example.org')).toMatchObject({ aov: 80, order_count: 1 })
  })

  test('changed in one row has that order changed, and one profile pushed', async () => {
    rehearsal.write('orders.csv', shop.csv + row('X1', 'ada@example.org', '95.5'))
    expect(await sync()).toMatchObject({ orders: { changed: 1 }, profiles: { pushed: 1 } })
    expect(rehearsal.klaviyo.state.propertiesOf('ada@example.org')).toMatchObject({ aov: 95.5, order_count: 1 })
  })

  test('with an order that is another customer’s now has the one profile pushed and the former’s cleared', async () => {
    rehearsal.write('orders.csv', shop.csv + row('X1', 'bea@example.org', '95.5'))
    expect(await sync()).toMatchObject({ orders: { changed: 1 }, profiles: { pushed: 1, erased: 1 } })
    expect(rehearsal.klaviyo.state.propertiesOf('ada@example.org')).not.toHaveProperty('aov')
    expect(rehearsal.klaviyo.state.propertiesOf('bea@example.org')).toMatchObject({ aov: 95.5 })
  })

  test('with --full is read whole and changes nothing', async () => {
    const read = shop.truth.orders + 1
    expect(await sync('--dry-run', '--full')).toMatchObject({ orders: { read, changed: 0 }, profiles: { pending: 0 } })
  })

  test('with a row that cannot be read loses that row and, with --strict, ends with 65', async () => {
    const lineOfRow = shop.csv.split('\n').length + 1
    rehearsal.write(
      'orders.csv',
      shop.csv + row('X1', 'bea@example.org', '95.5') + row('X2', 'cyd@example.org', '1,000'),
    )
    const { exitCode, orders } = await sync('--dry-run', '--strict')
    expect([exitCode, orders]).toMatchObject([65, { rejected: 1, changed: 0 }])
    const rejects = (await rehearsal.run('rejects', '--json')).document()
    expect(rejects).toMatchObject({
      accounts: [{ deadLetters: [{ source: 'shop', place: `orders.csv:${lineOfRow}`, reason: expect.any(String) }] }],
    })
  })

  test('mended has its dead letter resolved', async () => {
    rehearsal.write(
      'orders.csv',
      shop.csv + row('X1', 'bea@example.org', '95.5') + row('X2', 'cyd@example.org', '1000'),
    )
    expect(await sync('--dry-run', '--strict')).toMatchObject({ exitCode: 0, orders: { rejected: 0, changed: 1 } })
    const rejects = (await rehearsal.run('rejects', '--json')).document()
    expect(rejects).toMatchObject({ accounts: [{ deadLetters: [] }] })
  })
})

describe('a file that is not as expected', () => {
  let rehearsal: Rehearsal
  beforeAll(async () => {
    rehearsal = await openRehearsal()
  })
  afterAll(() => rehearsal.close())

  /** Syncs this file as an account of its own, so that nothing is left of the files before. */
  async function syncFile(name: string, content: string | Uint8Array | null, source = '') {
    if (content !== null) rehearsal.write(`${name}.csv`, content)
    const yaml = rehearsalYaml({ path: `${name}.csv`, source, segments: [], accounts: [name] })
    rehearsal.write('scontrino.yaml', yaml)
    const { exitCode, stderr, document } = await rehearsal.run('sync', '--strict', '--dry-run', '--json')
    return { exitCode, stderr, orders: document<Sync>().summary[0]?.orders, document: document() }
  }

  test('may have a byte order mark, quotes and CRLF', async () => {
    const text = `\ufeff${HEADER}${row('"1"', '"ada@example.org"', '"80.00"')}`.replaceAll('\n', '\r\n')
    expect(await syncFile('windows', text)).toMatchObject({ exitCode: 0, orders: { changed: 1, rejected: 0 } })
  })

  test.each([
    [
      'wrong-delimiter',
      HEADER + row('1', 'ada@example.org', '80'),
      'delimiter: ";"',
      'E_RECORD',
      /separated by ",", not ";"/,
    ],
    ['missing-column', HEADER.replace('total', 'Betrag'), '', 'E_RECORD', /no column "total"/],
    ['missing-file', null, '', 'E_CONFIG', /there is no such file/],
  ])('with a %s fails and says what to do', async (name, content, source, code, reason) => {
    const { exitCode, document } = await syncFile(name, content, source)
    expect([exitCode, document]).toMatchObject([
      code === 'E_CONFIG' ? 78 : 65,
      { error: { code, message: expect.stringMatching(reason) } },
    ])
  })

  test('with a byte that is not UTF-8 loses that row only', async () => {
    const [one, two] = [row('1', 'ada@example.org', '80'), row('2', 'b\u00e9a@example.org', '90')]
    const content = Buffer.concat([Buffer.from(HEADER + one), Buffer.from(two, 'latin1')])
    expect(await syncFile('latin', content)).toMatchObject({ exitCode: 65, orders: { changed: 1, rejected: 1 } })
    const { stdout } = await rehearsal.run('rejects', '--account', 'latin')
    expect(stdout).toMatch(/latin\.csv:3.*UTF-8/)
  })

  test('that is empty is told as a dead letter', async () => {
    expect(await syncFile('empty', '')).toMatchObject({ exitCode: 65, orders: { read: 0, rejected: 1 } })
    const { stdout } = await rehearsal.run('rejects', '--account', 'empty')
    expect(stdout).toContain('the file is empty')
  })
})

test('orders come from standard input too', async () => {
  const rehearsal = await rehearse()
  rehearsal.write('scontrino.yaml', rehearsalYaml({ path: '-', source: 'format: csv', segments: [] }))
  const { exitCode, document } = await rehearsal.pipe(shop.csv, 'sync', '--json')
  expect(exitCode).toBe(0)
  expect(document()).toMatchObject({
    summary: [{ orders: { read: shop.truth.orders }, profiles: { pushed: shop.truth.net.customers } }],
  })
})

test('a stream without end is read in bounded memory, and Ctrl-C ends it with 130', async () => {
  const rehearsal = await rehearse()
  rehearsal.write('scontrino.yaml', rehearsalYaml({ path: '-', source: 'format: csv', segments: [] }))
  let rows = 0
  function* endless() {
    yield HEADER
    for (;;) {
      let chunk = ''
      for (const end = rows + 1_000; rows < end; rows += 1)
        chunk += row(`E${rows}`, `c${rows % 5_000}@example.org`, '80')
      yield chunk
    }
  }
  const cli = startCli(['sync'], {
    cwd: rehearsal.folder,
    variables: rehearsal.variables,
    input: Readable.from(endless()),
  })
  onTestFinished(async () => void (await cli.kill('SIGKILL')))
  await until('300,000 rows have been taken', () => rows > 300_000)
  const early = cli.peakBytes()
  await until('another 200,000 rows have been taken', () => rows > 500_000)
  const { exitCode, peakBytes } = await cli.kill('SIGINT')
  expect(exitCode).toBe(130)
  expect(peakBytes).toBeLessThan(early * 1.15)
})
