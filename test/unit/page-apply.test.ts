import { describe, expect, it } from 'vitest'
import type { SegmentPlan } from '../../src/app/segment-plan.ts'
import { RemoteUnavailableError } from '../../src/core/errors.ts'
import type { HttpApplication } from '../../src/http/application.ts'
import { LANGUAGES, wordsOf } from '../../src/page/words/language.ts'
import { PLAN } from '../support/cli-ledger.ts'
import { createMemoryApplication } from '../support/http-application.ts'
import { logIn } from '../support/page-door.ts'

/** Presses the button on a page that shows `PLAN`, confirmed, while `present` is what the plan would be. */
async function press(present: SegmentPlan, whenAgreed: Awaited<ReturnType<HttpApplication['applyPlan']>> = []) {
  const application = createMemoryApplication({
    plan: async () => PLAN,
    applyPlan: async (_account, { isAgreed }) => (isAgreed(present) ? whenAgreed : 'changed'),
  })
  const { read, send } = await logIn({ application })
  const seen = /name="plan" value="([^"]+)"/.exec((await read('/segments/plan')).body)?.[1] ?? ''
  const answer = await send('/segments/apply', { plan: seen, confirm: 'yes' })
  const next = answer.headers['location']
  return next === undefined ? answer.body : (await read(next)).body
}

describe('applying on the page', () => {
  it('carries out the plan that was seen', async () => {
    expect(await press(PLAN)).toContain('id="applied-title"')
  })

  it('shows the new plan when it would write something else by now', async () => {
    const [first, ...others] = PLAN.segments
    if (first === undefined) throw new Error('a plan without segments')
    const body = await press({ ...PLAN, segments: [{ ...first, definition: { other: true } }, ...others] })
    expect(body).toContain('nothing was applied')
    expect(body).toContain('id="plan-title"')
    expect(body).not.toContain('id="applied-title"')
  })

  it('shows the new plan when its segments would stay empty by now', async () => {
    const [first, ...others] = PLAN.segments
    if (first === undefined) throw new Error('a plan without segments')
    expect(await press({ ...PLAN, segments: [{ ...first, figures: 'missing' }, ...others] })).toContain(
      'nothing was applied',
    )
  })

  it.each(LANGUAGES)('says what had been done when it was interrupted, and why it was (%s)', async (language) => {
    const application = createMemoryApplication({
      plan: async () => PLAN,
      applyPlan: async (_account, { isAgreed, onWritten }) => {
        if (!isAgreed(PLAN)) return 'changed'
        onWritten({ key: 'high', name: 'AOV | High', outcome: 'created' })
        throw new RemoteUnavailableError('Klaviyo did not answer')
      },
    })
    const { read, send } = await logIn({ application })
    await read(`/segments?lang=${language}`)
    const seen = /name="plan" value="([^"]+)"/.exec((await read('/segments/plan')).body)?.[1] ?? ''
    const { statusCode, body } = await send(`/segments/apply?lang=${language}`, { plan: seen, confirm: 'yes' })
    const { segments, errors } = wordsOf(language)
    expect(statusCode).toBe(503)
    expect(body).toContain(segments.interrupted)
    expect(body).toContain(errors['E_REMOTE_UNAVAILABLE']?.what)
    expect(body).toMatch(new RegExp(`AOV \\| High.*${segments.outcomes['created']}`, 's'))
  })

  it('that was interrupted before anything was written is a failure like any other', async () => {
    const application = createMemoryApplication({
      plan: async () => PLAN,
      applyPlan: async () => {
        throw new RemoteUnavailableError('Klaviyo did not answer')
      },
    })
    const { send } = await logIn({ application })
    const { statusCode, body } = await send('/segments/apply', { plan: 'any', confirm: 'yes' })
    expect(statusCode).toBe(503)
    expect(body).not.toContain('id="applied-title"')
  })

  it('compares anew in a request of its own, for which there is all the time there is', async () => {
    const application = createMemoryApplication({ applyPlan: async () => 'changed' })
    const { send } = await logIn({ application })
    const { statusCode, headers } = await send('/segments/apply?account=italy', { plan: 'any', confirm: 'yes' })
    expect([statusCode, headers['location']]).toEqual([303, '/segments/plan?account=italy&said=apply-changed'])
  })

  it('says that a sync is at work on the segments', async () => {
    expect(await press(PLAN, 'busy')).toContain('A sync is working on the segments')
  })
})
