import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { until } from './until.ts'

/** How a command line is run. */
export interface CliOptions {
  readonly cwd: string
  /** Environment besides `PATH` and `HOME`; nothing else of ours is inherited. */
  readonly variables?: Readonly<Record<string, string>>
  /** Standard input; absent: it has ended already. */
  readonly input?: string | Readable
}

/** How a command line ended. */
export interface Ended {
  /** Null: a signal ended it. */
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  /** Highest resident memory in bytes, looked at while it ran. */
  readonly peakBytes: number
  /** Standard output as the one JSON document it must be. @throws when it is anything else. */
  document<T = Record<string, unknown>>(): T
}

/** A running command line. */
export interface CliProcess {
  readonly pid: number
  readonly ended: Promise<Ended>
  stdout(): string
  stderr(): string
  /** Sends a signal, unless it has ended, and waits for the end. */
  kill(signal: NodeJS.Signals): Promise<Ended>
  /** The first match in what it has said on standard output or error. @throws when it ends without. */
  says(pattern: RegExp): Promise<RegExpExecArray>
  /** Highest resident memory until now, in bytes; 0 where the system does not tell. */
  peakBytes(): number
}

const PROJECT_DIR = join(import.meta.dirname, '..', '..')
const DEADLINE_MS = 100_000
const LOOK_AT_MEMORY_MS = 50

/** The words after `node` with which `npm run scontrino` starts the real program. */
function program(): string[] {
  const manifest = JSON.parse(readFileSync(join(PROJECT_DIR, 'package.json'), 'utf8')) as {
    scripts: { scontrino: string }
  }
  const [, ...words] = manifest.scripts.scontrino.split(' ')
  return words.map((word) => (word.endsWith('.ts') ? join(PROJECT_DIR, word) : word))
}

/** Starts the real program as a child process. Who starts it ends it. */
export function startCli(args: readonly string[], { cwd, variables = {}, input }: CliOptions): CliProcess {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [...program(), ...args], {
    cwd,
    env: { PATH, HOME, ...variables },
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  })
  const pid = child.pid ?? 0
  let stdout = ''
  let stderr = ''
  let peakBytes = 0
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  // A program that ends before it has read everything is no failure of the test.
  child.stdin?.on('error', () => undefined)
  if (typeof input === 'string') child.stdin?.end(input)
  else if (child.stdin !== null) input?.pipe(child.stdin)

  const lookAtMemory = () => {
    peakBytes = Math.max(peakBytes, readPeakBytes(pid))
    return peakBytes
  }
  const looking = setInterval(lookAtMemory, LOOK_AT_MEMORY_MS)
  let isAlive = true
  const ended = once(child, 'close').then(([exitCode, signal]): Ended => {
    isAlive = false
    clearInterval(looking)
    const document = () => {
      try {
        return JSON.parse(stdout)
      } catch {
        throw new Error(`${args.join(' ')} (${exitCode}) did not print one JSON document:\n${stdout}\n${stderr}`)
      }
    }
    return { exitCode, signal, stdout, stderr, peakBytes, document }
  })
  return {
    pid,
    ended,
    stdout: () => stdout,
    stderr: () => stderr,
    kill(signal) {
      if (isAlive) child.kill(signal)
      return ended
    },
    says: (pattern) =>
      until(`${args.join(' ')} says ${pattern}`, () => {
        const found = pattern.exec(stdout) ?? pattern.exec(stderr)
        if (found === null && !isAlive) throw new Error(`it ended without saying ${pattern}:\n${stdout}\n${stderr}`)
        return found
      }),
    peakBytes: lookAtMemory,
  }
}

/** Waits for the end, for so long at most; then kills it and fails with what it said. */
export async function untilEnded(cli: CliProcess, deadlineMs = DEADLINE_MS): Promise<Ended> {
  let isLate = false
  const late = setTimeout(() => {
    isLate = true
    void cli.kill('SIGKILL')
  }, deadlineMs)
  const ended = await cli.ended
  clearTimeout(late)
  if (isLate) throw new Error(`it did not end within ${deadlineMs} ms:\n${ended.stdout}\n${ended.stderr}`)
  return ended
}

function readPeakBytes(pid: number): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}
