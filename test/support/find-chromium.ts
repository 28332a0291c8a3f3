import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { provideProgram } from './system-program.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'] as const

/** The system's Chromium, installing Debian's first when we are root; or how a person gets one. */
export async function findChromium(): Promise<
  { readonly path: string } | { readonly path: null; readonly howToGet: string }
> {
  const program = await provideProgram({ names: NAMES, debianPackage: 'chromium' })
  if ('name' in program) return { path: whereIs(program.name) }
  return { path: null, howToGet: `Chromium: ${program.problem}. Get it with "apt-get install chromium".` }
}

/** Playwright takes no name, only a path. */
function whereIs(name: string): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const found = folders.map((folder) => join(folder, name)).find(isExecutable)
  return found ?? name
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
