import { COMMANDS } from './commands.ts'

/**
 * Texts name commands as `scontrino sync`. Where one types something else, such as `npm run scontrino -- sync` in a
 * clone, they say that.
 */
export function toTypedCommands(text: string, program: string): string {
  const names = COMMANDS.map(({ name }) => name).join('|')
  return text.replace(
    new RegExp(`(?<![\\w./-])scontrino (?=(?:${names}|<command>|--help)(?![\\w-]))`, 'g'),
    `${program} `,
  )
}
