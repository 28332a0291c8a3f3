import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { provideProgram } from './system-program.ts'

/** A Redis of this run, or how a person gets one. */
export type TestRedis =
  | { readonly url: string; stop(): Promise<void> }
  | { readonly url: null; readonly howToGet: string }

const TRIES = 5

/** Starts `redis-server` without persistence on a free loopback port, installing Debian's first when we are root. */
export async function startRedis(folder: string): Promise<TestRedis> {
  const program = await provideProgram({ names: ['redis-server'], debianPackage: 'redis-server' })
  if ('problem' in program) {
    return {
      url: null,
      howToGet: `Redis: ${program.problem}. Get it with "apt-get install redis-server" or "brew install redis".`,
    }
  }
  await mkdir(folder, { recursive: true })
  for (let tries = 1; ; tries += 1) {
    const port = await freePort()
    const child = spawnRedis(folder, port)
    if (await becomesReady(child)) {
      return { url: `redis://127.0.0.1:${port}`, stop: () => stop(child) }
    }
    if (tries === TRIES) throw new Error(`redis-server did not start in ${folder}, tried ${TRIES} ports`)
  }
}

function spawnRedis(folder: string, port: number): ChildProcess {
  const settings = {
    port: String(port),
    bind: '127.0.0.1',
    save: '',
    appendonly: 'no',
    dir: folder,
    pidfile: `${folder}/redis.pid`,
    // BullMQ asks for it: a queue must not forget jobs.
    'maxmemory-policy': 'noeviction',
  }
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])
  return spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] })
}

async function becomesReady(child: ChildProcess): Promise<boolean> {
  if (child.stdout === null) return false
  for await (const line of createInterface(child.stdout)) {
    if (line.includes('Ready to accept connections')) {
      child.stdout.resume()
      return true
    }
  }
  return false
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill()
  await ended
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no loopback port is free')
  return address.port
}
