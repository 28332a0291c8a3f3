import { mkdtempSync, rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startCli, untilEnded } from '../support/cli-process.ts'
import { readPostmasterPid, stopLeftServer } from '../support/embedded-server-folder.ts'

/** A new user's folder: nothing in it, and no database anywhere. */
function openEmptyFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'scontrino-first-'))
  const dataDir = join(folder, '.scontrino')
  const variables: Record<string, string> = { SCONTRINO_DATA_DIR: dataDir }
  onTestFinished(async () => {
    await stopLeftServer(dataDir)
    rmSync(folder, { recursive: true, force: true })
  })
  const start = (...args: string[]) => {
    const cli = startCli(args, { cwd: folder, variables })
    onTestFinished(async () => void (await cli.kill('SIGKILL')))
    return cli
  }
  return { folder, dataDir, variables, start, run: (...args: string[]) => untilEnded(start(...args)) }
}

test('init, a sandbox, check and sync are all that a new user types', async () => {
  const { folder, dataDir, variables, start, run } = openEmptyFolder()
  const init = await run('init')
  expect([init.exitCode, init.stdout]).toEqual([0, expect.stringContaining('scontrino.yaml')])
  expect((await run('init')).exitCode).toBe(78)

  const sandbox = start('sandbox', 'klaviyo', '--fast')
  const [, url = ''] = await sandbox.says(/KLAVIYO_BASE_URL=(\S+)/)
  Object.assign(variables, { KLAVIYO_BASE_URL: url, KLAVIYO_API_KEY: 'pk_sandbox' })
  const missing = await run('check')
  expect([missing.exitCode, missing.stdout]).toEqual([78, expect.stringContaining('orders.csv')])

  await writeFile(join(folder, 'orders.csv'), 'Order,Date,Email,Total\n1,2026-03-01 10:00,ada@example.com,160\n')
  const config = join(folder, 'scontrino.yaml')
  await writeFile(config, (await readFile(config, 'utf8')).replace('profiles: update-existing', 'profiles: create'))
  const check = await run('check')
  expect(check.exitCode, check.stdout).toBe(0)
  const sync = await run('sync', '--json')
  expect(sync.document()).toMatchObject({
    summary: [{ orders: { read: 1 }, profiles: { pushed: 1 }, segments: { created: 3 } }],
  })

  const state = await (await fetch(`${url}/sandbox/state`)).json()
  expect(state).toMatchObject({ profiles: 1, segments: 3 })
  expect(await readPostmasterPid(dataDir)).toBeNull()
  expect((await sandbox.kill('SIGINT')).exitCode).toBe(0)
})

test('sandbox klaviyo --json says where it listens, in one document', async () => {
  const { start } = openEmptyFolder()
  const sandbox = start('sandbox', 'klaviyo', '--json')
  await sandbox.says(/\n\}/)
  const { exitCode, document } = await sandbox.kill('SIGTERM')
  expect([exitCode, document()]).toEqual([0, { url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) }])
})

test('--version and --help need no configuration', async () => {
  const { run } = openEmptyFolder()
  const [version, help] = [await run('--version'), await run('sync', '--help')]
  expect([version.exitCode, version.stdout.trim()]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+/)])
  expect([help.exitCode, help.stdout]).toEqual([0, expect.stringContaining('--dry-run')])
})

test('without a configuration every command says how to get one', async () => {
  const { run } = openEmptyFolder()
  const { exitCode, stderr } = await run('sync')
  expect([exitCode, stderr]).toEqual([78, expect.stringContaining('npm run scontrino -- init')])
})
