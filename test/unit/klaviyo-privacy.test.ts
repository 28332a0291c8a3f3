import { describe, expect, it } from 'vitest'
import { AuthError, RemoteUnavailableError } from '../../src/core/errors.ts'
import { errors, scriptKlaviyo, signal } from '../support/klaviyo.ts'

const klaviyo = scriptKlaviyo()
const DELETION = 'POST /api/data-privacy-deletion-jobs'
const EMAIL = 'anna@example.com'

describe('deleteProfile', () => {
  it('names the profile by its address and by nothing else', async () => {
    const seen = klaviyo.answer(DELETION, 202)
    expect(await klaviyo.destination().deleteProfile(EMAIL, signal)).toBeNull()
    expect(seen.body).toEqual({
      data: {
        type: 'data-privacy-deletion-job',
        attributes: { profile: { data: { type: 'profile', attributes: { email: EMAIL } } } },
      },
    })
  })

  it('is content when there is no such profile', async () => {
    klaviyo.answer(DELETION, 404, errors({ code: 'not_found' }))
    expect(await klaviyo.destination().deleteProfile(EMAIL, signal)).toBeNull()
  })

  it('takes a key without the scope for a refusal, so that everything else goes on', async () => {
    klaviyo.answer(DELETION, 403, errors({ code: 'permission_denied' }))
    expect(await klaviyo.destination().deleteProfile(EMAIL, signal)).toEqual({
      index: 0,
      code: 'permission_denied',
      reason: 'the key needs data-privacy:write to delete profiles',
    })
  })

  it('takes a refusal for one, without the address', async () => {
    klaviyo.answer(DELETION, 400, errors({ code: 'invalid', detail: `${EMAIL} is strange` }))
    expect(await klaviyo.destination().deleteProfile(EMAIL, signal)).toEqual({
      index: 0,
      code: 'invalid',
      reason: '<address> is strange',
    })
  })

  it('throws when the key is not accepted', async () => {
    klaviyo.answer(DELETION, 401, errors({ code: 'not_authenticated' }))
    await expect(klaviyo.destination().deleteProfile(EMAIL, signal)).rejects.toBeInstanceOf(AuthError)
  })

  it('throws when Klaviyo is away', async () => {
    klaviyo.answer(DELETION, 500, errors({ code: 'error' }))
    await expect(klaviyo.destination().deleteProfile(EMAIL, signal)).rejects.toBeInstanceOf(RemoteUnavailableError)
  })
})
