/** Exit code of every error code; `E_USAGE` is the command line's own, the others are in docs/errors.md. */
export const EXIT_CODES = {
  E_USAGE: 64,
  E_RECORD: 65,
  E_REMOTE_UNAVAILABLE: 69,
  E_STORE: 69,
  E_BUG: 70,
  E_REMOTE_REJECTED: 70,
  E_RATE_LIMITED: 75,
  E_REMOTE_CONTRACT: 76,
  E_AUTH: 77,
  E_CONFIG: 78,
  E_ABORTED: 130,
} as const

export type ErrorCode = keyof typeof EXIT_CODES
export type ExitCode = 0 | (typeof EXIT_CODES)[ErrorCode]

/** What an exit code tells a script. */
export const EXIT_MEANINGS: Readonly<Record<ExitCode, string>> = {
  0: 'done',
  64: 'the command line cannot be used',
  65: 'a file could not be read; records could not be read, and --strict was given; or nobody is known by an address',
  69: 'the database or a remote cannot be reached',
  70: 'a remote refused, or a mistake of ours',
  75: 'a remote asks to come back later',
  76: 'a remote answered in words we do not know',
  77: 'a shop or Klaviyo refused the key',
  78: 'the configuration cannot be used',
  130: 'stopped by Ctrl-C',
}

/** Exit code of an error code; one that is not in the table is a mistake of ours. */
export function exitCodeOf(code: string): ExitCode {
  return Object.hasOwn(EXIT_CODES, code) ? EXIT_CODES[code as ErrorCode] : EXIT_CODES.E_BUG
}
