import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../../src/cli/commands.ts'
import type { CliContext } from '../../src/cli/context.ts'
import { EXIT_MEANINGS } from '../../src/cli/exit-codes.ts'
import { createProgram } from '../../src/cli/program.ts'
import { createLogger } from '../../src/lib/logger.ts'
import { createCli } from '../support/cli.ts'
import { createKeyboard, createTerminal } from '../support/cli-terminal.ts'

const NAMES = COMMANDS.map(({ name }) => name)

function createPlainProgram(): Command {
  const nothing = async () => {
    throw new Error('no command is run here')
  }
  const context: CliContext = {
    stdin: createKeyboard(),
    stdout: createTerminal(),
    stderr: createTerminal(),
    program: 'scontrino',
    version: '1.2.3',
    cwd: '/shop',
    signal: new AbortController().signal,
    logger: createLogger('silent'),
    writeConfigTemplate: nothing,
    open: nothing,
    serve: nothing,
    sandboxKlaviyo: nothing,
    sandboxShop: nothing,
    demo: nothing,
  }
  return createProgram(context)
}

describe('a command line that cannot be meant', () => {
  it.each([
    ['an unknown command', ['sink'], "unknown command 'sink'"],
    ['an unknown option', ['sync', '--fulll'], "unknown option '--fulll'"],
    ['an argument too many', ['runs', 'all'], 'too many arguments'],
    ['a limit that is no number', ['runs', '--limit', 'ten'], 'Expected a whole number from 1 to 1000'],
    ['a limit of nothing', ['runs', '--limit', '0'], 'Expected a whole number'],
    ['a negative port', ['sandbox', 'klaviyo', '--port=-1'], 'Expected a whole number from 0 to 65535'],
    ['a date that does not exist', ['report', '--from', '2026-02-30'], 'Expected a date such as 2026-11-21'],
    ['a date in other words', ['report', '--to', '21/11/2026'], 'Expected a date such as 2026-11-21'],
    ['dates in the wrong order', ['report', '--from', '2026-02-02', '--to', '2026-02-01'], 'is after --to'],
    ['an unknown period', ['report', '--by', 'day'], 'Allowed choices are week, month, quarter'],
    ['an unknown definition', ['report', '--definition', 'age'], 'Allowed choices are period, rank'],
    ['a language of nothing', ['report', '--lang', 'it'], 'name a file for it'],
    ['an unknown language', ['report', '--html', 'r.html', '--lang', 'de'], 'Allowed choices are en, it, fr'],
    ['an unknown format', ['customers', '--format', 'xml'], 'Allowed choices are csv, jsonl'],
    ['an unknown role', ['start', '--roles', 'worker,cook'], 'Expected a list of: worker, scheduler, http'],
    ['no role', ['start', '--roles', ''], 'Expected a list of'],
    ['an option without its value', ['sync', '--account'], 'argument missing'],
  ])('is refused with 64: %s', async (_, argv, message) => {
    const { run, calls } = createCli()
    const { exitCode, stdout, stderr } = await run(...argv)
    expect(exitCode).toBe(64)
    expect(stdout).toBe('')
    expect(stderr).toContain(message)
    expect(stderr).toMatch(/See scontrino .*--help\n$/)
    expect(calls).toEqual([])
  })

  it('is a document with --json', async () => {
    const { exitCode, document, stderr } = await createCli().run('sync', '--fulll', '--json')
    expect(exitCode).toBe(64)
    expect(document()).toMatchObject({ error: { code: 'E_USAGE', message: expect.stringContaining('--fulll') } })
    expect(stderr).toBe('')
  })

  it('gets a suggestion when a word is nearly right', async () => {
    expect((await createCli().run('reprot')).stderr).toContain('Did you mean report?')
  })

  it('gets the help when there is no command in it', async () => {
    const { exitCode, stdout, stderr } = await createCli().run()
    expect({ exitCode, stdout }).toEqual({ exitCode: 64, stdout: '' })
    expect(stderr).toContain('Usage: scontrino')
  })
})

describe('global options', () => {
  it.each([
    ['before', ['--config', 'a.yaml', 'runs']],
    ['after', ['runs', '--config', 'a.yaml']],
    ['in short', ['runs', '-c', 'a.yaml']],
  ])('may stand %s the command', async (_, argv) => {
    const { run, calls } = createCli()
    await run(...argv)
    expect(calls[0]).toEqual(['open', '/shop/a.yaml'])
  })

  it('leave an absolute path alone', async () => {
    const { run, calls } = createCli()
    await run('runs', '--config', '/etc/scontrino.yaml')
    expect(calls[0]).toEqual(['open', '/etc/scontrino.yaml'])
  })

  it('print the version', async () => {
    expect(await createCli().run('--version')).toMatchObject({ exitCode: 0, stdout: '1.2.3\n', stderr: '' })
  })

  it('print help as one document with --json', async () => {
    const { exitCode, document } = await createCli().run('runs', '--help', '--json')
    expect(exitCode).toBe(0)
    expect(document()['text']).toContain('Usage: scontrino runs')
  })
})

describe('--help', () => {
  it('lists every command', async () => {
    const { exitCode, stdout } = await createCli().run('--help')
    expect(exitCode).toBe(0)
    expect(NAMES.filter((name) => !stdout.includes(`  ${name.split(' ')[0]} `))).toEqual([])
  })

  it.each(NAMES)('of %s has an example, its exit codes and the global options', async (name) => {
    const { exitCode, stdout } = await createCli().run(...name.split(' '), '--help')
    expect(exitCode).toBe(0)
    expect(stdout).toContain(`  $ scontrino ${name}`)
    expect(stdout).toMatch(/Exit codes:\n {2}0 {4}done\n {2}64 {3}the command line cannot be used\n/)
    expect(stdout).toContain('--config <file>')
  })

  it.each(NAMES)('of %s fits its examples: each of them parses', async (name) => {
    const { stdout } = await createCli().run(...name.split(' '), '--help')
    for (const [, example = ''] of stdout.matchAll(/^ {2}\$ scontrino (.*)$/gm)) {
      const argv = (example.split(/[|>]/)[0] ?? '').trim().split(' ')
      const context = { signal: AbortSignal.abort() }
      expect((await createCli({ context, terminal: {} }).run(...argv)).exitCode, example).not.toBe(64)
    }
  })
})

describe('docs/cli.md', () => {
  const document = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'cli.md'), 'utf8')
  const sections = new Map(
    document
      .split(/^## /m)
      .slice(1)
      .map((section) => [/^`?([^`\n]+)`?/.exec(section)?.[1] ?? '', section]),
  )
  const flagsOf = (command: Command) => command.options.map(({ long }) => long ?? '')

  it.each(NAMES)('explains %s with every option', (name) => {
    const command = name
      .split(' ')
      .reduce<Command | undefined>(
        (parent, word) => parent?.commands.find((child) => child.name() === word),
        createPlainProgram(),
      )
    expect(command).toBeDefined()
    const section = sections.get(name) ?? ''
    expect(section).not.toBe('')
    expect((command === undefined ? [] : flagsOf(command)).filter((flag) => !section.includes(`\`${flag}`))).toEqual([])
  })

  it('explains the global options', () => {
    const flags = flagsOf(createPlainProgram())
    expect(flags).toContain('--config')
    expect(flags.filter((flag) => !document.includes(`\`${flag}`))).toEqual([])
  })

  it('has every exit code with its meaning', () => {
    const missing = Object.entries(EXIT_MEANINGS).filter(
      ([code, meaning]) => !document.includes(`| ${code} | ${meaning}`),
    )
    expect(missing).toEqual([])
  })
})
