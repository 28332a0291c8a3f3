import { spawn } from 'node:child_process'
import { createWriteStream, readFileSync } from 'node:fs'
import { finished } from 'node:stream/promises'
import { BugError } from '../src/core/errors.ts'

/** What a finished process used and said. */
export interface ChildMetrics {
  readonly wallMs: number
  /** Its greatest resident set, its own children not counted; null where the system does not tell (no /proc). */
  readonly peakRssBytes: number | null
  /** Empty when it went to a file. */
  readonly stdout: string
}

/** How to run a process. */
interface ChildOptions {
  readonly env: NodeJS.ProcessEnv
  /** Where standard output goes instead of into memory. */
  readonly outputPath?: string
}

const LOOK_MS = 20
const SHOWN_CHARACTERS = 2_000

/**
 * Runs this Node with these arguments to its end. Its peak memory is read from the kernel's own high-water mark, which
 * misses what happens in its last 20 ms.
 * @throws BugError, with the end of what it wrote on standard error, unless it ends with 0.
 */
export async function runChild(args: readonly string[], { env, outputPath }: ChildOptions): Promise<ChildMetrics> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let peakRssBytes: number | null = null
  const look = setInterval(() => {
    peakRssBytes = peakRssOf(child.pid) ?? peakRssBytes
  }, LOOK_MS)

  let [stdout, stderr] = ['', '']
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-SHOWN_CHARACTERS)
  })
  const file = outputPath === undefined ? null : createWriteStream(outputPath)
  if (file !== null) child.stdout.pipe(file)
  else {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
  }

  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    })
    const wallMs = performance.now() - startedAt
    if (file !== null) await finished(file)
    if (code === 0) return { wallMs, peakRssBytes, stdout }
    throw new BugError(`running ${args.join(' ')}: exit ${code}\n${stderr}${stdout.slice(-SHOWN_CHARACTERS)}`)
  } finally {
    clearInterval(look)
  }
}

function peakRssOf(pid: number | undefined): number | null {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kilobytes === undefined ? null : Number(kilobytes) * 1024
  } catch {
    return null
  }
}
