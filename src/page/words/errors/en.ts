import type { ErrorWords } from '../words.ts'

/** What went wrong, in English. */
export const errorsEn = {
  E_CONFIG: {
    what: 'The configuration cannot be used as it is.',
    advice: 'Whoever installed Scontrino has to correct it.',
  },
  E_AUTH: {
    what: 'The shop or Klaviyo refused our key.',
    advice: 'A new key is needed, or one with the missing rights.',
  },
  E_RATE_LIMITED: {
    what: 'The shop or Klaviyo asked us to come back later.',
    advice: 'Nothing to do: it goes on by itself.',
  },
  E_REMOTE_UNAVAILABLE: { what: 'The shop or Klaviyo did not answer.', advice: 'Nothing to do, unless it lasts.' },
  E_REMOTE_REJECTED: {
    what: 'The shop or Klaviyo refused what we sent.',
    advice: 'Show the details to whoever installed Scontrino.',
  },
  E_REMOTE_CONTRACT: {
    what: 'The shop or Klaviyo answered in a form we do not know.',
    advice: 'Scontrino has to be updated.',
  },
  E_CONFLICT: { what: 'The same request was made twice with different contents.', advice: 'Make it once more.' },
  E_RECORD: { what: 'Some records cannot be used.', advice: 'They are listed below, each with its reason.' },
  E_STORE: { what: 'The database did not answer.', advice: 'Nothing to do, unless it lasts.' },
  E_TIMEOUT: { what: 'It took too long.', advice: 'Try again in a minute.' },
  E_FORBIDDEN: {
    what: 'This page is open to a browser on the same machine only.',
    advice: 'Whoever installed Scontrino can set a token with which people log in.',
  },
  E_TOO_MANY_REQUESTS: { what: 'The page was asked for too often.', advice: 'Wait a minute and try again.' },
  E_ABORTED: { what: 'It was interrupted.', advice: 'Nothing to do: the next run goes on from there.' },
  E_BUG: { what: 'A mistake of ours.', advice: 'Show the details to whoever installed Scontrino.' },
} as Readonly<Record<string, ErrorWords>>
