import { ConfigError } from '../core/errors.ts'

/** The complaint about an account, source or segment that was asked for and is not configured; names those there are. */
export function unknownName(
  what: 'account' | 'source' | 'segment',
  asked: string,
  known: readonly string[],
): ConfigError {
  return new ConfigError(`there is no ${what} ${asked} in the configuration`, [
    {
      path: what,
      message: `expected one of: ${known.join(', ')}`,
      hint: `${what}s are named in the configuration file`,
    },
  ])
}
