import { describe, expect, it } from 'vitest'
import { programName } from '../../src/bin/program-name.ts'
import { COMMANDS } from '../../src/cli/commands.ts'
import { toTypedCommands } from '../../src/cli/typed-commands.ts'

const CLONE = 'npm run scontrino --'

describe('commands in texts', () => {
  it.each(COMMANDS.map(({ name }) => name))('say what is typed for %s', (name) => {
    expect(toTypedCommands(`→ scontrino ${name}, then go on`, CLONE)).toBe(`→ ${CLONE} ${name}, then go on`)
  })

  it.each([
    'scontrino: stopped',
    'scontrino.yaml',
    'scontrino needs Node 22.18',
    'in /srv/scontrino check',
    'scontrino checks',
  ])('leave %j alone', (text) => {
    expect(toTypedCommands(text, CLONE)).toBe(text)
  })
})

describe('the name of the program', () => {
  it.each([
    ['file:///srv/clone/src/bin/main.ts', '/srv/clone', CLONE],
    ['file:///srv/shop/node_modules/scontrino/dist/src/bin/main.js', '/srv/shop', 'npx scontrino'],
    ['file:///usr/lib/node_modules/scontrino/dist/src/bin/main.js', '/srv/shop', 'scontrino'],
  ])('of %s in %s is %s', (url, cwd, name) => {
    expect(programName(url, cwd)).toBe(name)
  })
})
