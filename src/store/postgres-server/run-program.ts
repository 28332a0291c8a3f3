import { spawn } from 'node:child_process'

/** How a program is run: where, with which extra environment, and as whom. */
export interface RunOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  readonly uid?: number
  readonly gid?: number
  /** Interrupts the program (initdb then clears up, pg_ctl stops the server it was starting); the result tells how it ended. */
  readonly signal?: AbortSignal
}

/** How a program ended, with stdout and stderr as they came. `exitCode` is `null` when a signal killed it. */
export interface ProgramResult {
  readonly exitCode: number | null
  readonly output: string
}

// Not ours to pass on: PG*, LD_* and locale variables of the user would change what Postgres does and says.
const CLEAN_ENVIRONMENT = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' }

/** Runs a program to its end, out of reach of the terminal's Ctrl-C; rejects only when it cannot be started. */
export function runProgram(command: readonly string[], options: RunOptions): Promise<ProgramResult> {
  const [file = '', ...args] = command
  const { cwd, uid, gid, signal } = options
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      // A process group of its own: the terminal's Ctrl-C must not reach a server that others use.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...CLEAN_ENVIRONMENT, ...options.env },
      ...(cwd === undefined ? {} : { cwd }),
      ...(uid === undefined ? {} : { uid }),
      ...(gid === undefined ? {} : { gid }),
    })
    const interrupt = () => child.kill('SIGINT')
    signal?.addEventListener('abort', interrupt, { once: true })
    if (signal?.aborted) interrupt()
    let output = ''
    const collect = (chunk: string) => {
      output += chunk
    }
    child.stdout.setEncoding('utf8').on('data', collect)
    child.stderr.setEncoding('utf8').on('data', collect)
    child.on('error', reject)
    child.on('close', (exitCode) => {
      signal?.removeEventListener('abort', interrupt)
      resolve({ exitCode, output })
    })
  })
}
