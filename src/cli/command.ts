import { resolve } from 'node:path'
import type { Argument, Command, Option } from 'commander'
import type { CliContext } from './context.ts'
import { EXIT_MEANINGS, type ExitCode } from './exit-codes.ts'
import type { Answer, Output } from './output.ts'

/** Given before or after any command's name. */
export interface GlobalOptions {
  readonly config: string
  readonly json?: true
}

/** A command that was typed: its options and what it may use. */
export interface Invocation<Options extends object> {
  readonly context: CliContext
  readonly options: Options
  /** What was typed besides options, in the order of the definition's `operands`. */
  readonly operands: readonly string[]
  /** Absolute. */
  readonly configPath: string
  readonly output: Output
}

/** What a file in `commands/` says about its command. */
export interface CommandDefinition<Options extends object> {
  /** As typed: `sync`, `sandbox klaviyo`. */
  readonly name: string
  readonly summary: string
  readonly operands?: () => readonly Argument[]
  readonly options: () => readonly Option[]
  readonly examples: readonly string[]
  /** Those it can end with, besides 0 and 64. */
  readonly exitCodes: readonly ExitCode[]
  /** Does it, and returns its answer, or the exit code when everything has been said already. */
  run(invocation: Invocation<Options>): Promise<Answer | number>
}

/** What stands around a program: takes its answer, its exit code, and the text of `--help` and `--version` in parts. */
export interface ProgramFrame {
  readonly output: Output
  readonly ended: (exitCode: number) => void
  readonly explain: (text: string) => void
}

/** A command that can be put into a program. */
export interface CliCommand {
  readonly name: string
  attach(program: Command, context: CliContext, frame: ProgramFrame): void
}

/** Exit codes of whatever opens the ledger. */
export const LEDGER_EXITS = [69, 70, 78, 130] as const satisfies readonly ExitCode[]

/** Exit codes of whatever asks shops or Klaviyo too. */
export const REMOTE_EXITS = [69, 70, 75, 76, 77, 78, 130] as const satisfies readonly ExitCode[]

/** Turns a definition into a command. */
export function defineCommand<Options extends object>(definition: CommandDefinition<Options>): CliCommand {
  return {
    name: definition.name,
    attach(program, context, { output, ended }) {
      const command = createSubcommand(program, definition.name)
      command.description(definition.summary).addHelpText('after', closingHelp(definition))
      for (const operand of definition.operands?.() ?? []) command.addArgument(operand)
      for (const option of definition.options()) command.addOption(option)
      command.action(async () => {
        const configPath = resolve(context.cwd, command.optsWithGlobals<GlobalOptions>().config)
        const { args: operands } = command
        const answer = await definition.run({ context, options: command.opts<Options>(), operands, configPath, output })
        if (typeof answer === 'number') return ended(answer)
        await output.answer(answer)
        ended(answer.exitCode ?? 0)
      })
    },
  }
}

const GROUPS: Readonly<Record<string, string>> = {
  campaigns: 'Make drafts of campaigns in Klaviyo; nothing is ever sent or scheduled',
  sandbox: 'Play a remote on this machine, to rehearse against',
}

/** `sandbox klaviyo` is a command `klaviyo` in a group `sandbox`. */
function createSubcommand(program: Command, name: string): Command {
  const [first = name, second] = name.split(' ')
  if (second === undefined) return program.command(first)
  const group = program.commands.find((command) => command.name() === first) ?? program.command(first)
  return group
    .description(GROUPS[first] ?? '')
    .helpCommand(false)
    .command(second)
}

function closingHelp({ examples, exitCodes }: Pick<CommandDefinition<object>, 'examples' | 'exitCodes'>): string {
  const codes: readonly ExitCode[] = [0, 64, ...exitCodes]
  const meanings = codes.toSorted((a, b) => a - b).map((code) => `  ${String(code).padEnd(4)} ${EXIT_MEANINGS[code]}`)
  const typed = examples.map((example) => `  $ scontrino ${example}`)
  return ['', examples.length > 1 ? 'Examples:' : 'Example:', ...typed, '', 'Exit codes:', ...meanings].join('\n')
}
