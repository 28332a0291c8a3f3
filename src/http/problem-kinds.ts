interface ProblemKind {
  readonly status: number
  /** The same for every occurrence, as RFC 9457 wants it. */
  readonly title: string
  /** What to do; the whole `detail` where the cause must not leave the server. */
  readonly advice: string
}

/** Every problem this door answers with, by `code`: its own first, then those of docs/errors.md. Shown on `/docs`. */
export const PROBLEM_KINDS = {
  E_BAD_REQUEST: {
    status: 400,
    title: 'The request cannot be read',
    advice: 'Send well-formed HTTP, with a body that is JSON.',
  },
  E_UNAUTHORIZED: {
    status: 401,
    title: 'A valid token is missing',
    advice: 'Send the header Authorization: Bearer <token>, with the value of SCONTRINO_API_TOKEN.',
  },
  E_FORBIDDEN: {
    status: 403,
    title: 'Not from there',
    advice:
      'Without a token only programs on this machine are answered: set SCONTRINO_API_TOKEN to reach it otherwise.',
  },
  E_NOT_FOUND: { status: 404, title: 'No such thing', advice: 'Look at /docs for what there is.' },
  E_METHOD_NOT_ALLOWED: {
    status: 405,
    title: 'This method is not for this path',
    advice: 'Use one that the header Allow names.',
  },
  E_NOT_ACCEPTABLE: {
    status: 406,
    title: 'Not in that format',
    advice: 'Let the header Accept include the format that /docs names for this path, or leave the header out.',
  },
  E_REQUEST_TIMEOUT: { status: 408, title: 'The request came too slowly', advice: 'Send it again.' },
  E_BODY_TOO_LARGE: { status: 413, title: 'The body is too large', advice: 'Send at most 16 KB.' },
  E_PATH_TOO_LONG: { status: 414, title: 'The path is too long', advice: 'Look at /docs for what there is.' },
  E_UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    title: 'The body has the wrong format',
    advice: 'Send JSON with Content-Type: application/json, uncompressed.',
  },
  E_INVALID_REQUEST: {
    status: 422,
    title: 'The request says something that is not known',
    advice: 'Correct the places that `problems` names.',
  },
  E_TOO_MANY_REQUESTS: {
    status: 429,
    title: 'Too many requests',
    advice: 'Wait as many seconds as the header Retry-After says.',
  },
  E_HEADERS_TOO_LARGE: { status: 431, title: 'The headers are too large', advice: 'Send fewer or shorter headers.' },
  E_NOT_READY: {
    status: 503,
    title: 'Not ready',
    advice: 'See in `checks` what does not answer; the log says more.',
  },
  E_TIMEOUT: { status: 503, title: 'The answer took too long', advice: 'Try again in a moment; look at /readyz.' },
  E_CONFIG: {
    status: 422,
    title: 'The configuration does not allow it',
    advice: 'Correct the places that `problems` names, in the request or in the configuration.',
  },
  E_CONFLICT: {
    status: 409,
    title: 'This idempotency key stood for another request',
    advice: 'Use a new key for a new request; to repeat a request, repeat all of it.',
  },
  E_AUTH: {
    status: 502,
    title: 'A shop or Klaviyo refused our key',
    advice: 'Run `scontrino check`: it says which key, and what it lacks.',
  },
  E_RATE_LIMITED: {
    status: 503,
    title: 'A shop or Klaviyo asked us to come back later',
    advice: 'Wait as many seconds as the header Retry-After says.',
  },
  E_REMOTE_UNAVAILABLE: {
    status: 503,
    title: 'A shop or Klaviyo does not answer',
    advice: 'Try again in a moment; the log says more.',
  },
  E_REMOTE_REJECTED: {
    status: 502,
    title: 'A shop or Klaviyo refused our request',
    advice: 'The log says more, under the id in `instance`.',
  },
  E_REMOTE_CONTRACT: {
    status: 502,
    title: 'A shop or Klaviyo answered in words we do not know',
    advice: 'Update Scontrino; the log says more, under the id in `instance`.',
  },
  E_STORE: {
    status: 503,
    title: 'The database does not answer',
    advice: 'Try again in a moment; /readyz and the log say more.',
  },
  E_ABORTED: { status: 503, title: 'Shutting down', advice: 'Try again in a moment, or at another replica.' },
  E_BUG: {
    status: 500,
    title: 'A mistake of ours',
    advice: 'The log says more, under the id in `instance`.',
  },
} as const satisfies Record<string, ProblemKind>

export type ProblemCode = keyof typeof PROBLEM_KINDS

/** Whether a text is the code of a problem. */
export function isProblemCode(text: string): text is ProblemCode {
  return Object.hasOwn(PROBLEM_KINDS, text)
}
