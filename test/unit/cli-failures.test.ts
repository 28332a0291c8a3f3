import { Writable } from 'node:stream'
import { describe, expect, it, vi } from 'vitest'
import { EXIT_CODES } from '../../src/cli/exit-codes.ts'
import {
  AbortedError,
  AuthError,
  BugError,
  ConfigError,
  ContractError,
  RateLimitedError,
  RecordError,
  RemoteRejectedError,
  RemoteUnavailableError,
  StoreError,
} from '../../src/core/errors.ts'
import { createCli, type World } from '../support/cli.ts'

/** A command line whose ledger cannot be opened. */
function cliFailingWith(error: unknown, world: World = {}) {
  const open = async () => {
    throw error
  }
  return createCli({ ...world, context: { open, ...world.context } })
}

const FAILURES = [
  [new ConfigError('reading it', []), 78],
  [new AuthError('refused'), 77],
  [new RateLimitedError('later', 1000), 75],
  [new RemoteUnavailableError('away'), 69],
  [new RemoteRejectedError('no', 422, []), 70],
  [new ContractError('odd'), 76],
  [new RecordError('unusable'), 65],
  [new StoreError('no database'), 69],
  [new AbortedError('stopped'), 130],
  [new BugError('oops'), 70],
] as const

describe('exit codes', () => {
  it.each(FAILURES.map(([error, code]) => [error.code, code, error] as const))(
    'of %s is %i',
    async (_, code, error) => {
      expect((await cliFailingWith(error).run('runs')).exitCode).toBe(code)
    },
  )

  it('exist for every error and for usage', () => {
    const codes = FAILURES.map(([error]) => error.code)
    expect(Object.keys(EXIT_CODES).sort()).toEqual([...codes, 'E_USAGE'].sort())
  })
})

describe('a failure', () => {
  const config = new ConfigError('reading scontrino.yaml: 2 problems', [
    { path: 'KLAVIYO_API_KEY', message: 'is not set', hint: 'set it' },
    { path: 'accounts.main.currency', line: 4, message: 'expected an ISO 4217 code' },
  ])

  it('of the file as a whole names it once', async () => {
    const broken = new ConfigError('reading shop.yaml: one problem', [
      { path: 'shop.yaml', line: 3, message: 'indentation must be made of spaces, not tabs' },
    ])
    const { stderr } = await cliFailingWith(broken).run('runs', '--config', 'my/shop.yaml')
    expect(stderr.split('\n')[1]).toBe('  my/shop.yaml:3 – indentation must be made of spaces, not tabs')
  })

  it('of the configuration names every place as it was typed', async () => {
    const { stdout, stderr } = await cliFailingWith(config).run('runs', '--config', 'my/shop.yaml')
    expect(stdout).toBe('')
    expect(stderr.split('\n')).toEqual([
      'scontrino: reading scontrino.yaml: 2 problems',
      '  KLAVIYO_API_KEY – is not set – set it',
      '  my/shop.yaml:4 accounts.main.currency – expected an ISO 4217 code',
      '',
    ])
  })

  it('is one document on standard output with --json, and nothing else', async () => {
    const { document, stderr } = await cliFailingWith(config).run('--json', 'runs')
    expect(document()).toEqual({
      error: { code: 'E_CONFIG', message: config.message, problems: config.problems },
    })
    expect(stderr).toBe('')
  })

  it('names its code and where it is explained', async () => {
    const { stderr } = await cliFailingWith(new AuthError('Klaviyo answered 401')).run('runs')
    expect(stderr).toBe('scontrino: Klaviyo answered 401\nE_AUTH: docs/errors.md says what it means and what to do.\n')
  })

  it('shows what a remote complained about by code and place, not in its words', async () => {
    const complaints = [{ code: 'invalid', detail: 'anna@example.com is taken', pointer: '/data/attributes' }]
    const { stderr } = await cliFailingWith(new RemoteRejectedError('pushing', 400, complaints)).run('runs')
    expect(stderr).toContain('  invalid at /data/attributes')
    expect(stderr).not.toContain('anna')
  })

  it('that nobody expected keeps its stack in the log and says so', async () => {
    const { exitCode, stderr } = await cliFailingWith(new TypeError('x is undefined')).run('runs')
    const [log, ...lines] = stderr.split('\n')
    expect(exitCode).toBe(70)
    expect(JSON.parse(log ?? '')).toMatchObject({
      level: 'error',
      err: { code: 'E_BUG', cause: { stack: expect.stringContaining('cli-failures.test') } },
    })
    expect(lines).toEqual([
      'scontrino: running the command: TypeError: x is undefined',
      expect.stringContaining('the log above this line holds the stack'),
      '',
    ])
  })

  it('of a socket that broke is not mistaken for a reader that has gone', async () => {
    const broken = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })
    expect((await cliFailingWith(broken).run('runs')).exitCode).toBe(70)
  })

  it('cannot steer the terminal', async () => {
    const { stderr } = await cliFailingWith(new StoreError('bad \u001b[2J name')).run('runs')
    expect(stderr).not.toContain('\u001b')
  })

  it('after Ctrl-C is only that it was stopped', async () => {
    const { exitCode, stderr } = await cliFailingWith(new StoreError('the connection was closed'), {
      context: { signal: AbortSignal.abort() },
    }).run('runs')
    expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: 'scontrino: stopped\n' })
  })

  it('of an account that does not exist names those that do', async () => {
    const { run, calls } = createCli()
    const { exitCode, stderr } = await run('plan', '--account', 'mian')
    expect(exitCode).toBe(78)
    expect(stderr).toContain(
      'there is no account mian in the configuration\n  account – expected one of: main, japan – accounts are named',
    )
    expect(calls.at(-1)).toEqual(['close'])
  })

  it('while closing does not add a second document', async () => {
    const close = async () => {
      throw new StoreError('closing the ledger')
    }
    const { exitCode, document } = await createCli({ session: { close } }).run('runs', '--json')
    expect(exitCode).toBe(69)
    expect(document()).toMatchObject({ error: { code: 'E_STORE' } })
  })

  it('after the one document goes to standard error', async () => {
    const close = async () => {
      throw new StoreError('closing the sandbox')
    }
    const { exitCode, document, stderr } = await createCli({
      context: { signal: AbortSignal.abort(), sandboxKlaviyo: async () => ({ url: 'http://127.0.0.1:1', close }) },
    }).run('sandbox', 'klaviyo', '--json')
    expect(exitCode).toBe(130)
    expect(document()).toEqual({ url: 'http://127.0.0.1:1' })
    expect(stderr).toBe('scontrino: stopped\n')
  })

  it('keeps its exit code when nobody reads the answer any more', async () => {
    const stdout = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })),
    })
    const problem = { level: 'problem' as const, subject: 'klaviyo', message: 'refused', code: 'E_AUTH' }
    const world: World = { context: { stdout }, application: { check: async () => [problem] } }
    const { exitCode, stderr } = await createCli(world).run('check')
    expect({ exitCode, stderr }).toEqual({ exitCode: 77, stderr: '' })
  })
})

describe('colours', () => {
  it('appear on a terminal', async () => {
    vi.stubEnv('NO_COLOR', undefined)
    vi.stubEnv('FORCE_COLOR', undefined)
    // Node gives a terminal in CI no colours.
    vi.stubEnv('CI', undefined)
    vi.stubEnv('TERM', 'xterm-256color')
    expect((await createCli({ terminal: {} }).run('check')).stdout).toContain('\u001b[32mok')
    vi.unstubAllEnvs()
  })

  it('do not appear with NO_COLOR', async () => {
    vi.stubEnv('NO_COLOR', '1')
    vi.stubEnv('FORCE_COLOR', undefined)
    expect((await createCli({ terminal: {} }).run('check')).stdout).not.toContain('\u001b')
    vi.unstubAllEnvs()
  })

  it('do not appear elsewhere', async () => {
    expect((await createCli().run('check')).stdout).not.toContain('\u001b')
  })
})
