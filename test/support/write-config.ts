import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Writes a configuration file into a folder of its own, which goes with the test; answers its path. */
export function writeConfig(text: string | Uint8Array, name = 'scontrino.yaml'): string {
  const folder = mkdtempSync(join(tmpdir(), 'scontrino-config-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
