import type { ErrorCode } from './exit-codes.ts'

/** What to do about a source whose reading failed, in a sentence that begins small; docs/errors.md says more. */
export function adviceFor(code: string): string {
  return Object.hasOwn(ADVICE, code) ? ADVICE[code as ErrorCode] : ADVICE.E_BUG
}

const ADVICE: Readonly<Record<ErrorCode, string>> = {
  E_USAGE: 'see its options with --help',
  E_CONFIG: 'correct its settings; scontrino check tells whether it now works',
  E_AUTH: 'see scontrino check, then give it another key or the scopes it lacks; it is paused until then',
  E_RATE_LIMITED: 'nothing: the next sync goes on with it',
  E_REMOTE_UNAVAILABLE: 'see whether the shop answers; the next sync goes on where this one stopped',
  E_REMOTE_REJECTED: 'see scontrino check; the next sync tries again',
  E_REMOTE_CONTRACT: 'the shop answers what is not expected of it: see its page in docs/sources and docs/errors.md',
  E_RECORD: 'see scontrino rejects',
  E_STORE: 'see whether the database answers; the next sync goes on where this one stopped',
  E_BUG: 'a mistake of ours: see docs/errors.md',
  E_ABORTED: 'nothing: the next sync goes on where this one stopped',
}
