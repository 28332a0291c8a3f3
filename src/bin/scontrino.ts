#!/usr/bin/env -S node --max-semi-space-size=8 --disable-warning=ExperimentalWarning
import { setFlagsFromString } from 'node:v8'

// V8 lets the heap grow up to fourfold between two full collections, by how fast the last one seemed to be:
// the same sync then peaks at 210 MB or at 330 MB, as it happens. Half as much again is enough for every run.
setFlagsFromString('--heap-growing-percent=50')

// Nothing of ours is imported before the version is known: an older Node would end with a stack trace about its own modules.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major > 22 || (major === 22 && minor >= 18)) {
  await import('./main.ts')
} else {
  process.stderr.write(`scontrino needs Node 22.18 or newer; this is ${process.versions.node}\n`)
  process.exitCode = 78
}
