import { sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What one types before a command's name, by where this program was started from: a clone, a project, or anywhere. */
export function programName(moduleUrl: string, cwd: string): string {
  const path = fileURLToPath(moduleUrl)
  // Only a clone runs the sources themselves.
  if (path.endsWith('.ts')) return 'npm run scontrino --'
  return path.startsWith(`${cwd}${sep}node_modules${sep}`) ? 'npx scontrino' : 'scontrino'
}
