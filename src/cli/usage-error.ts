import { CommanderError } from 'commander'
import { EXIT_CODES } from './exit-codes.ts'

/** A command line that parses but cannot be meant; reported like the parser's own complaints. Exit 64. */
export function usageError(message: string): CommanderError {
  return new CommanderError(EXIT_CODES.E_USAGE, 'scontrino.usage', message)
}
