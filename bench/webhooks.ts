import { type ChildProcess, spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { BugError } from '../src/core/errors.ts'
import { createKlaviyoSandbox } from '../src/sandbox/klaviyo/index.ts'
import { shopConfigYaml } from '../src/sandbox/shop/config-yaml.ts'
import { createWoocommerceShop } from '../src/sandbox/woocommerce/index.ts'
import type { Measure } from './table.ts'

const ROOT = resolve(import.meta.dirname, '..')
const ENTRY = join(ROOT, 'src', 'bin', 'scontrino.ts')
const BURST_SECONDS = 5
const BURST_RATE = 500
const STEADY_SECONDS = 30
const STEADY_RATE = 5

/** From a shop's event to a property that Klaviyo has: bursts without a loss, and how long it takes on a common day. */
export async function measureWebhooks(): Promise<Measure[]> {
  mkdirSync(join(ROOT, '.scontrino', 'bench'), { recursive: true })
  const folder = mkdtempSync(join(ROOT, '.scontrino', 'bench', 'webhooks-'))
  const klaviyo = await createKlaviyoSandbox({ fast: true, enforceLimits: false })
  const shop = await createWoocommerceShop()
  const port = await freePort()
  const configPath = join(folder, 'scontrino.yaml')
  writeFileSync(configPath, shopConfigYaml({ source: shop.source, klaviyoUrl: klaviyo.url }))
  const server = await startServer(configPath, folder, port)
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const secret = String((shop.source['webhookSecrets'] as readonly string[])[0])
  let placed = 0

  /** One sale and its webhook. @returns the status of the answer. */
  function sell(): { email: string; answered: Promise<number> } {
    placed += 1
    const email = `buyer${placed}@example.com`
    const order = shop.book.place({
      email,
      registered: false,
      country: 'IT',
      currency: 'EUR',
      subtotalMinor: 5_000,
      discountMinor: 0,
      taxMinor: 0,
      shippingMinor: 0,
      state: 'placed',
      test: false,
      channel: 'online',
    })
    const body = JSON.stringify({ id: order.id, date_modified_gmt: order.updatedAt.toISOString().slice(0, 19) })
    return { email, answered: deliver(body) }
  }

  function deliver(body: string): Promise<number> {
    return new Promise((done) => {
      const headers = {
        'content-type': 'application/json',
        'x-wc-webhook-topic': 'order.updated',
        'x-wc-webhook-signature': createHmac('sha256', secret).update(body).digest('base64'),
      }
      const url = `http://127.0.0.1:${port}/webhooks/main/shop`
      const sent = request(url, { method: 'POST', agent, headers }, (answer) => {
        answer.resume().on('end', () => done(answer.statusCode ?? 0))
      })
      sent.on('error', () => done(0))
      sent.end(body)
    })
  }

  const hasArrived = (email: string) => klaviyo.state.propertiesOf(email)?.['aov'] !== undefined

  try {
    const steady = await sellAtRate(STEADY_RATE, STEADY_SECONDS, sell, hasArrived)
    const burst = await sellAtRate(BURST_RATE, BURST_SECONDS, sell, hasArrived)
    const benchmark = 'webhooks'
    return [
      { benchmark, name: 'event to property, p95', value: steady.p95Ms / 1_000, unit: 's', reach: { atMost: 5 } },
      {
        benchmark,
        name: 'deliveries a second, answered',
        value: burst.rate,
        unit: '',
        reach: { atLeast: BURST_RATE * 0.95 },
      },
      { benchmark, name: 'of these not answered 200', value: burst.refused, unit: '', reach: { atMost: 0 } },
      { benchmark, name: 'of these that never arrived', value: burst.lost, unit: '', reach: { atMost: 0 } },
      { benchmark, name: 'event to property in the burst, p95', value: burst.p95Ms / 1_000, unit: 's', reach: null },
    ]
  } finally {
    agent.destroy()
    server.kill('SIGTERM')
    await once(server, 'exit')
    await shop.close()
    await klaviyo.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const LATEST_MS = 120_000

async function sellAtRate(
  rate: number,
  seconds: number,
  sell: () => { email: string; answered: Promise<number> },
  hasArrived: (email: string) => boolean,
) {
  const open = new Map<string, number>()
  const answers: Promise<number>[] = []
  const tookMs: number[] = []
  const look = () => {
    for (const [email, at] of open) {
      if (!hasArrived(email)) continue
      tookMs.push(performance.now() - at)
      open.delete(email)
    }
  }
  const begun = performance.now()
  for (let sold = 0; sold < rate * seconds; ) {
    const due = Math.min(rate * seconds, Math.floor(((performance.now() - begun) / 1_000) * rate) + 1)
    for (; sold < due; sold++) {
      const { email, answered } = sell()
      open.set(email, performance.now())
      answers.push(answered)
    }
    look()
    await new Promise((done) => setTimeout(done, 20))
  }
  const statuses = await Promise.all(answers)
  const answeredMs = performance.now() - begun
  while (open.size > 0 && performance.now() - begun < LATEST_MS) {
    await new Promise((done) => setTimeout(done, 20))
    look()
  }
  tookMs.sort((a, b) => a - b)
  return {
    p95Ms: tookMs[Math.floor(tookMs.length * 0.95)] ?? Number.NaN,
    rate: statuses.length / (answeredMs / 1_000),
    refused: statuses.filter((status) => status !== 200).length,
    lost: open.size,
  }
}

async function startServer(configPath: string, folder: string, port: number): Promise<ChildProcess> {
  const { DATABASE_URL: _database, REDIS_URL: _redis, ...rest } = process.env
  const child = spawn(process.execPath, ['--max-semi-space-size=8', ENTRY, 'start', '--config', configPath], {
    env: {
      ...rest,
      SCONTRINO_DATA_DIR: join(folder, 'data'),
      SCONTRINO_HTTP_PORT: String(port),
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  for (let attempt = 0; attempt < 300; attempt++) {
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null)
    if (ready?.ok === true) return child
    await new Promise((done) => setTimeout(done, 100))
  }
  child.kill('SIGKILL')
  throw new BugError('webhooks: the server did not start')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}
