import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type CliProcess, startCli, untilEnded } from '../support/cli-process.ts'
import { until } from '../support/until.ts'

interface Demo {
  readonly steps: readonly {
    readonly kind: string
    readonly plan?: { readonly segments: readonly { name: string; forecast: { customers: number } }[] }
    readonly segments?: readonly { name: string; members: number }[]
    readonly report?: { readonly identified: { customers: number } }
    readonly commands?: readonly unknown[]
  }[]
}

function playDemo(...options: string[]): { folder: string; cli: CliProcess } {
  const folder = mkdtempSync(join(tmpdir(), 'scontrino-demo-'))
  const cli = startCli(['demo', ...options], { cwd: folder })
  onTestFinished(async () => {
    await cli.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })
  return { folder, cli }
}

/** Command lines of the processes that work in this folder. */
function processesIn(folder: string): string[] {
  return readdirSync('/proc').flatMap((pid) => {
    try {
      if (!readlinkSync(`/proc/${pid}/cwd`).startsWith(folder)) return []
      return [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')]
    } catch {
      return []
    }
  })
}

function everythingIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
}

test('the demo explains itself and leaves nothing', async () => {
  const { folder, cli } = playDemo('--json')
  const { exitCode, document, stderr } = await untilEnded(cli)
  expect(exitCode, stderr).toBe(0)

  const { steps } = document<Demo>()
  const find = (kind: string) => steps.find((step) => step.kind === kind)
  const planned = find('plan')?.plan?.segments ?? []
  expect(planned).toHaveLength(3)
  expect(find('members')?.segments).toEqual(
    planned.map(({ name, forecast }) => ({ name, members: forecast.customers })),
  )
  expect(planned.reduce((sum, { forecast }) => sum + forecast.customers, 0)).toBeGreaterThan(4_000)
  expect(find('next')?.commands?.length).toBeGreaterThan(0)
  expect(processesIn(folder)).toEqual([])
  expect(everythingIn(folder)).toEqual(['.scontrino'])
})

test('the demo tells people its three segments with their sizes', async () => {
  const { cli } = playDemo()
  const { stdout } = await untilEnded(cli)
  const sizes = [...stdout.matchAll(/^ +AOV \| .*?(?: {2,})([\d,]+) +€[\d,.]+ +([\d,]+) +unchanged$/gm)]
  expect(sizes).toHaveLength(3)
  for (const [line, forecast, members] of sizes) expect(members, line).toBe(forecast)
})

test.each(['SIGINT', 'SIGTERM'] as const)(
  'the demo stopped by %s in the middle leaves nothing either',
  async (signal) => {
    const { folder, cli } = playDemo()
    await cli.says(/── Sync ──/)
    await until('its database runs', () => processesIn(folder).some((line) => line.includes('postgres')))
    const { exitCode } = await cli.kill(signal)
    expect(exitCode).toBe(130)
    expect(processesIn(folder)).toEqual([])
    expect(everythingIn(folder)).toEqual(['.scontrino'])
  },
)

test('the demo that is asked to serves the page with its shop until it is told to stop, and leaves nothing', async () => {
  const { folder, cli } = playDemo('--open-dashboard')
  const [, url = ''] = await cli.says(/The page is on (http:\/\/127\.0\.0\.1:\d+)/)
  const page = await until('its numbers are computed', async () => {
    const text = await (await fetch(url)).text()
    return text.includes('class="receipt"') && text
  })
  expect(page).toMatch(/Average order value[\s\S]*€\d/)
  const { exitCode } = await cli.kill('SIGINT')
  expect(exitCode).toBe(0)
  expect(processesIn(folder)).toEqual([])
  expect(everythingIn(folder)).toEqual(['.scontrino'])
})
