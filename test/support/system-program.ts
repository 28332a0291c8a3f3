import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)
const INSTALL_TIMEOUT_MS = 300_000

/** A program of the machine, and how it is had. */
interface SystemProgram {
  /** Any of these will do; the first that runs is taken. */
  readonly names: readonly string[]
  readonly debianPackage: string
}

/** The name under which the program runs, at the latest after installing Debian's package when we are root; else why not. */
export async function provideProgram({
  names,
  debianPackage,
}: SystemProgram): Promise<{ readonly name: string } | { readonly problem: string }> {
  const found = await findProgram(names)
  if (found !== null) return { name: found }
  const [name = ''] = names
  if (process.getuid?.() !== 0) return { problem: `${name} is not on PATH, and only root can install it` }
  // Without a run level Debian's package does not start a service of its own.
  const options = {
    timeout: INSTALL_TIMEOUT_MS,
    env: { PATH: process.env['PATH'], DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  }
  try {
    await run('apt-get', ['update', '-qq'], options)
    await run('apt-get', ['install', '-qq', '-y', '--no-install-recommends', debianPackage], options)
  } catch (error) {
    const said = error instanceof Error ? error.message.trim().split('\n').at(-1) : ''
    return { problem: `${name} is not on PATH, and installing it failed (${said})` }
  }
  const installed = await findProgram(names)
  return installed === null ? { problem: `${name} was installed, but does not run` } : { name: installed }
}

async function findProgram(names: readonly string[]): Promise<string | null> {
  for (const name of names) {
    const runs = await run(name, ['--version']).then(
      () => true,
      () => false,
    )
    if (runs) return name
  }
  return null
}
