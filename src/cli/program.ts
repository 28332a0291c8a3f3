import { Command } from 'commander'
import { COMMANDS } from './commands.ts'
import type { CliContext } from './context.ts'
import { createOutput, type Output } from './output.ts'

/**
 * The whole command line. It never ends the process: complaints are thrown as CommanderError and not printed, a
 * command's exit code goes to `ended`, its own errors reject `parseAsync`. `runCli` is the frame around it.
 */
export function createProgram(
  context: CliContext,
  output: Output = createOutput(context, false),
  ended: (exitCode: number) => void = () => {},
): Command {
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
      writeOut: (text) => stdout.write(output.json ? `${JSON.stringify({ text })}\n` : text),
      writeErr: (text) => (output.json ? true : stderr.write(text)),
      outputError: () => {},
      getOutHelpWidth: () => stdout.columns ?? 80,
      getErrHelpWidth: () => stderr.columns ?? 80,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
  for (const command of COMMANDS) command.attach(program, context, output, ended)
  return program
}
