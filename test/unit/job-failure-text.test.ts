import { describe, expect, it } from 'vitest'
import { parseFailureText, toFailureText } from '../../jobs/failure-text.ts'
import { RemoteUnavailableError } from '../../src/core/errors.ts'

describe('a failure as the queue keeps it', () => {
  it.each(['one line', 'two\nlines', 'with: colons: E_AUTH: inside', ''])('comes back as it was: %j', (message) => {
    const error = new RemoteUnavailableError(message)
    expect(parseFailureText(toFailureText(error))).toEqual({ code: 'E_REMOTE_UNAVAILABLE', message })
  })

  it('that is not of ours is a bug with the words it came with', () => {
    const message = 'job stalled more than allowable limit'
    expect(parseFailureText(message)).toEqual({ code: 'E_BUG', message })
  })
})
