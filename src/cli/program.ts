import { Command } from 'commander'
import type { ProgramFrame } from './command.ts'
import { COMMANDS } from './commands.ts'
import type { CliContext } from './context.ts'
import { createOutput } from './output.ts'

/**
 * The whole command line. It never ends the process: complaints are thrown as CommanderError and not printed, a
 * command's own errors reject `parseAsync`. `runCli` is the frame around it; without one, help is printed as it comes.
 */
export function createProgram(context: CliContext, frame: ProgramFrame = createPlainFrame(context)): Command {
  const { stdout, stderr } = context
  const program = new Command('scontrino')
    .description('Keeps Klaviyo true about how much each customer spends per order.')
    .version(context.version, '-V, --version', 'print the version')
    .option('-c, --config <file>', 'the configuration file', 'scontrino.yaml')
    .option('--json', 'print one JSON document on standard output and nothing else there')
    .helpOption('-h, --help', 'print this')
    .helpCommand(false)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: frame.explain,
      writeErr: (text) => (frame.output.json ? true : stderr.write(text)),
      outputError: () => {},
      getOutHelpWidth: () => stdout.columns ?? 80,
      getErrHelpWidth: () => stderr.columns ?? 80,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
  for (const command of COMMANDS) command.attach(program, context, frame)
  return program
}

function createPlainFrame(context: CliContext): ProgramFrame {
  return {
    output: createOutput(context, false),
    ended: () => {},
    explain: (text) => void context.stdout.write(text),
  }
}
