import { type Command, CommanderError } from 'commander'
import { AbortedError, type ScontrinoError, toScontrinoError } from '../core/errors.ts'
import type { GlobalOptions } from './command.ts'
import type { CliContext } from './context.ts'
import { EXIT_CODES, exitCodeOf } from './exit-codes.ts'
import { createOutput, type Output } from './output.ts'
import { createPaint } from './paint.ts'
import { createProgram } from './program.ts'
import { renderFailure, toFailureDocument } from './render/failure.ts'
import { toTypedCommands } from './typed-commands.ts'
import { write } from './write.ts'

/** Runs one command line (without node and script) and answers its exit code. Never throws, never ends the process. */
export async function runCli(argv: readonly string[], context: CliContext): Promise<number> {
  // Writing reports its own errors; without a listener the same error would also end the process.
  for (const stream of [context.stdout, context.stderr]) stream.on('error', () => {})
  const output = createOutput(context, asksForJson(argv))
  let exitCode = 0
  let explanation = ''
  const program = createProgram(context, {
    output,
    ended(code) {
      exitCode = code
    },
    explain(text) {
      explanation += text
    },
  })
  try {
    await program.parseAsync(argv, { from: 'user' })
    return exitCode
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) {
      await output.answer({ document: { text: explanation }, text: explanation })
      return 0
    }
    if (thrown instanceof CommanderError) return await complain(thrown, argv, program, context, output)
    return await fail(toError(thrown, context), program.opts<GlobalOptions>().config, context, output)
  }
}

/** What was typed too much may be an address, and standard error may be kept. */
const EXCESS = /(?<=^too many arguments .* but got \d+): .*$/s

/** Known before parsing, because a parser's complaint is an answer too. */
function asksForJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--')
  return (end === -1 ? argv : argv.slice(0, end)).includes('--json')
}

/** Whatever breaks because we were told to stop is only that. */
function toError(thrown: unknown, { signal }: CliContext): ScontrinoError {
  return signal.aborted
    ? new AbortedError('stopped', {}, { cause: thrown })
    : toScontrinoError(thrown, 'running the command')
}

async function fail(error: ScontrinoError, file: string, context: CliContext, output: Output): Promise<number> {
  const isOurs = error.code === 'E_BUG'
  context.logger[isOurs ? 'error' : 'debug']({ err: error }, 'the command failed')
  await tell(toFailureDocument(error), renderFailure(error, file, createPaint(context.stderr)), context, output)
  return exitCodeOf(error.code)
}

async function complain(
  thrown: CommanderError,
  argv: readonly string[],
  program: Command,
  context: CliContext,
  output: Output,
): Promise<number> {
  const isHelp = thrown.code === 'commander.help'
  const message = isHelp ? 'expected a command' : thrown.message.replace(/^error: /, '').replace(EXCESS, '.')
  const named = program.commands.find((command) => argv.includes(command.name()))
  const text = isHelp
    ? ''
    : `scontrino: ${message}\nSee scontrino ${named === undefined ? '' : `${named.name()} `}--help`
  await tell({ error: { code: 'E_USAGE', message } }, text, context, output)
  return EXIT_CODES.E_USAGE
}

async function tell(document: object, text: string, { stderr, program }: CliContext, output: Output): Promise<void> {
  if (output.json && !output.answered) return output.answer({ document, text: '' })
  if (text === '') return
  // Nobody is left to be told that standard error is gone.
  await write(stderr, `${toTypedCommands(text, program)}\n`, new AbortController().signal).catch(() => {})
}
