/** Facts that help an operator: ids, counts, status codes. Never bodies, headers, e-mail addresses or keys. */
export type ErrorContext = Readonly<Record<string, string | number | boolean | null>>

/**
 * Base of every error this program throws on purpose.
 * Message = what we were doing + what came back; `code` is documented in `docs/errors.md`.
 */
export abstract class ScontrinoError extends Error {
  abstract readonly code: string
  readonly context: ErrorContext

  constructor(message: string, context: ErrorContext = {}, options: { cause?: unknown } = {}) {
    super(message, options)
    this.name = new.target.name
    this.context = context
  }
}

/** One thing that is wrong with the configuration: where, what was expected, what to do. Never the value itself. */
export interface ConfigProblem {
  /** `accounts.main.sources.shop.path`, or the name of an environment variable. */
  readonly path: string
  /** 1-based line in the configuration file; absent for the environment. */
  readonly line?: number
  readonly message: string
  readonly hint?: string
}

/** Bad environment or configuration file; carries all problems at once. Exit 78. */
export class ConfigError extends ScontrinoError {
  readonly code = 'E_CONFIG'
  readonly problems: readonly ConfigProblem[]

  constructor(message: string, problems: readonly ConfigProblem[]) {
    super(message)
    this.problems = problems
  }
}

/** Credentials refused (401, or a JSON 403). The connector is paused until its key changes or `check` succeeds. Exit 77. */
export class AuthError extends ScontrinoError {
  readonly code = 'E_AUTH'
}

/** The remote asks us to come back later (429, 503 with `Retry-After`). Uses up no attempt. Exit 75. */
export class RateLimitedError extends ScontrinoError {
  readonly code = 'E_RATE_LIMITED'
  /** How long to wait before the next call, in milliseconds. */
  readonly delayMs: number

  constructor(message: string, delayMs: number, context: ErrorContext = {}) {
    super(message, { ...context, delayMs })
    this.delayMs = delayMs
  }
}

/** The remote did not answer usefully (408, 5xx, reset, DNS, time-out, a 403 that is not JSON). Repeating helps. Exit 69. */
export class RemoteUnavailableError extends ScontrinoError {
  readonly code = 'E_REMOTE_UNAVAILABLE'
}

/** One complaint of a remote about one place of our request. */
export interface RemoteComplaint {
  readonly code: string
  readonly detail: string
  /** JSON pointer into the request body, when the remote gave one. */
  readonly pointer?: string
}

/** The remote understood and refused (other 4xx). Repeating the same request does not help. Exit 70. */
export class RemoteRejectedError extends ScontrinoError {
  readonly code = 'E_REMOTE_REJECTED'
  readonly status: number
  readonly complaints: readonly RemoteComplaint[]

  constructor(message: string, status: number, complaints: readonly RemoteComplaint[], context: ErrorContext = {}) {
    super(message, { ...context, status })
    this.status = status
    this.complaints = complaints
  }
}

/** A 2xx answer whose body our schema refuses: the contract has changed. Exit 76. */
export class ContractError extends ScontrinoError {
  readonly code = 'E_REMOTE_CONTRACT'
}

/** The same idempotency key was used before, for another request. Repeating does not help; a new key does. Exit 70. */
export class ConflictError extends ScontrinoError {
  readonly code = 'E_CONFLICT'
}

/** Input that cannot be used: one record, or with `--strict` a run that had such records. Exit 65. */
export class RecordError extends ScontrinoError {
  readonly code = 'E_RECORD'
}

/** The database is unreachable or asks for a retry (SQLSTATE 08, 40001, 40P01, 53, 57P). Exit 69. */
export class StoreError extends ScontrinoError {
  readonly code = 'E_STORE'
}

/** Work stopped because the process is shutting down; it goes back to waiting. Exit 130. */
export class AbortedError extends ScontrinoError {
  readonly code = 'E_ABORTED'
}

/** Everything else: a mistake of ours. Exit 70. */
export class BugError extends ScontrinoError {
  readonly code = 'E_BUG'
}

/** Wraps whatever was thrown so that callers meet only our own errors; ours pass unchanged, the stack is kept as `cause`. */
export function toScontrinoError(thrown: unknown, doing: string): ScontrinoError {
  if (thrown instanceof ScontrinoError) return thrown
  if (thrown instanceof Error && thrown.name === 'AbortError') {
    return new AbortedError(`${doing}: stopped`, {}, { cause: thrown })
  }
  const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : 'a value that is not an error was thrown'
  return new BugError(`${doing}: ${text}`, {}, { cause: thrown })
}

/** Throws `AbortedError` when the signal has fired; call it between steps that do not take a signal themselves. */
export function throwIfAborted(signal: AbortSignal, doing: string): void {
  if (signal.aborted) throw new AbortedError(`${doing}: stopped`)
}
