import { parseArgs } from 'node:util'
import { BugError } from '../src/core/errors.ts'
import { measureBackfill } from './backfill.ts'
import { measureCalls, measureRate } from './calls.ts'
import { measureIncremental } from './incremental.ts'
import { measurePage } from './page.ts'
import { isReached, type Measure, renderMeasures } from './table.ts'
import { measureWebhooks } from './webhooks.ts'

const USAGE = `node bench/run.ts [backfill] [incremental] [calls] [rate] [webhooks] [page] [--orders 1000000] [--repeat 5]

  backfill     a first sync of --orders, beside DuckDB on the same file
  incremental  1,000 changed orders on ledgers of a tenth of --orders and of --orders
  calls        requests to Klaviyo for 10,000 changed profiles and for unchanged ones
  rate         how near to Klaviyo's real limits it comes, without a 429
  webhooks     from a shop's event to the property: a burst of 500 a second, and a common day
  page         what the page asks of a ledger of --orders, and computing what it is answered from
  None named: all. Compare the ratios; the times are this machine's.
`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    orders: { type: 'string', default: '1000000' },
    repeat: { type: 'string', default: '5' },
    help: { type: 'boolean', short: 'h' },
  },
})
const [orders, repeat] = [Number(values.orders), Number(values.repeat)]
const BENCHMARKS: Readonly<Record<string, () => Promise<Measure[]>>> = {
  backfill: () => measureBackfill(orders),
  incremental: () => measureIncremental(orders / 10, repeat),
  calls: () => measureCalls(100_000),
  rate: () => measureRate(500_000),
  webhooks: () => measureWebhooks(),
  page: () => measurePage(orders, repeat),
}

if (values.help === true) process.stdout.write(USAGE)
else await run(positionals.length === 0 ? Object.keys(BENCHMARKS) : positionals)

async function run(names: readonly string[]): Promise<void> {
  const measures: Measure[] = []
  for (const name of names) {
    const measure = BENCHMARKS[name]
    if (measure === undefined) throw new BugError(`there is no benchmark ${name}\n${USAGE}`)
    process.stderr.write(`${name} …\n`)
    measures.push(...(await measure()))
  }
  const document = measures.map((measure) => ({ ...measure, reached: isReached(measure) }))
  process.stdout.write(`${renderMeasures(measures)}\n\n${JSON.stringify({ measures: document }, null, 2)}\n`)
}
