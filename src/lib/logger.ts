import { type DestinationStream, destination, type Logger, pino } from 'pino'
import { ConfigError, RemoteRejectedError, ScontrinoError } from '../core/errors.ts'

export type { Logger } from 'pino'

/** From loudest to quietest; `silent` writes nothing. */
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Nothing of ours logs these; the list is for the day somebody does by mistake. Up to three levels deep. */
const SECRETS = ['authorization', 'Authorization', 'apiKey', 'api_key', 'password', 'token', 'email', 'emails'].flatMap(
  (name) => [name, `*.${name}`, `*.*.${name}`],
)

/** Builds a logger of JSON lines on standard error, so that standard output stays free for a command's own answer. */
export function createLogger(level: LogLevel, stream: DestinationStream = destination({ fd: 2, sync: true })): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRETS, censor: '[redacted]' },
      serializers: { err: serializeError, error: serializeError },
    },
    stream,
  )
}

/**
 * An error as it may be logged: name, message and stack of any error, code and context of ours, causes alike.
 * Other enumerable fields are left out: on foreign errors they hold requests with keys and bodies.
 */
function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error }
  const own = error instanceof ScontrinoError ? { code: error.code, context: error.context } : {}
  return {
    type: error.name,
    message: error.message,
    ...own,
    ...(error instanceof RemoteRejectedError ? { pointers: pointersOf(error) } : {}),
    ...(error instanceof ConfigError
      ? { problems: error.problems.map(({ path, message }) => ({ path, message })) }
      : {}),
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: serializeError(error.cause) }),
  }
}

/** Codes and places, not details: a remote's own words may repeat an address. */
function pointersOf(error: RemoteRejectedError): { code: string; pointer: string | undefined }[] {
  return error.complaints.slice(0, 20).map(({ code, pointer }) => ({ code, pointer }))
}
