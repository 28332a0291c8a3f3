import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Agreement, applyAgreed } from '../../src/bin/apply-plan.ts'
import { openRig, type Rig, type Shop } from '../support/account-rig.ts'

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

const openShop = () =>
  rig.openShop({
    segments: [
      {
        key: 'high',
        name: 'AOV | High',
        basis: 'property',
        all: [{ any: [{ property: 'aov', operator: 'gt', value: 15 }] }],
      },
    ],
  })
const AGREED: Agreement = {
  prune: false,
  isAgreed: () => true,
  patienceMs: 0,
  signal: new AbortController().signal,
}
const apply = ({ services }: Shop, agreement: Partial<Agreement> = {}) =>
  applyAgreed(services, { ...AGREED, ...agreement })
const segmentsIn = (shop: Shop) => shop.klaviyo.state.summary().segments

describe('applying what a person has agreed to', () => {
  it('makes no segment again that a job has made while it was waited for', async () => {
    const shop = await openShop()
    const { exclusively } = shop.services
    let isHeld = true
    // The lock is met taken, and given back when the job has made the segment.
    const met: typeof exclusively = async (kind, work) => {
      if (!isHeld) return exclusively(kind, work)
      isHeld = false
      await apply(shop)
      return null
    }
    const applied = await applyAgreed({ ...shop.services, exclusively: met }, { ...AGREED, patienceMs: 30_000 })
    expect([applied, segmentsIn(shop)]).toEqual([[{ key: 'high', name: 'AOV | High', outcome: 'unchanged' }], 1])
  })

  it('writes nothing while a job works on the same segments', async () => {
    const shop = await openShop()
    const applied = await shop.services.exclusively('sync-segments', () => apply(shop))
    expect([applied, segmentsIn(shop)]).toEqual(['busy', 0])
  })

  it('writes nothing when the plan is another by then', async () => {
    const shop = await openShop()
    expect([await apply(shop, { isAgreed: () => false }), segmentsIn(shop)]).toEqual(['changed', 0])
  })
})
