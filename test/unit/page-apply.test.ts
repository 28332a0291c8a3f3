import { describe, expect, it } from 'vitest'
import type { SegmentPlan } from '../../src/app/plan-segments.ts'
import type { HttpApplication } from '../../src/http/application.ts'
import { PLAN } from '../support/cli-ledger.ts'
import { createMemoryApplication } from '../support/http-application.ts'
import { logIn } from '../support/page-door.ts'

/** Presses the button on a page that shows `PLAN`, confirmed, while `present` is what the plan would be. */
async function press(present: SegmentPlan, whenAgreed: Awaited<ReturnType<HttpApplication['applyPlan']>> = []) {
  const application = createMemoryApplication({
    plan: async () => PLAN,
    applyPlan: async (_account, isAgreed) => (isAgreed(present) ? whenAgreed : 'changed'),
  })
  const { read, send } = await logIn({ application })
  const seen = /name="plan" value="([^"]+)"/.exec((await read('/segments/plan')).body)?.[1] ?? ''
  return (await send('/segments/apply', { plan: seen, confirm: 'yes' })).body
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

  it('says that a sync is at work on the segments', async () => {
    expect(await press(PLAN, 'busy')).toContain('A sync is working on the segments')
  })
})
