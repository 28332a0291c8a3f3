import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Agreement, applyAgreed } from '../../src/bin/apply-plan.ts'
import { AbortedError, StoreError } from '../../src/core/errors.ts'
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

  it('was interrupted by whoever stops it, and by nobody where the lock was lost', async () => {
    const shop = await openShop()
    const { exclusively } = shop.services
    const stopping = new AbortController()
    const stopped = apply(shop, { signal: stopping.signal, isAgreed: () => stopping.abort() === undefined })
    await expect(stopped).rejects.toBeInstanceOf(AbortedError)

    const losing: typeof exclusively = (kind, work) =>
      exclusively(kind, () => {
        const lost = new AbortController()
        lost.abort()
        return work(lost.signal)
      })
    await expect(applyAgreed({ ...shop.services, exclusively: losing }, AGREED)).rejects.toBeInstanceOf(StoreError)
    expect(segmentsIn(shop)).toBe(0)
  })

  it('tells each segment once it was written', async () => {
    const shop = await openShop()
    const written: unknown[] = []
    await apply(shop, { onWritten: (segment) => void written.push([segment, segmentsIn(shop)]) })
    expect(written).toEqual([[{ key: 'high', name: 'AOV | High', outcome: 'created' }, 1]])
  })

  it('writes nothing when the plan is another by then', async () => {
    const shop = await openShop()
    expect([await apply(shop, { isAgreed: () => false }), segmentsIn(shop)]).toEqual(['changed', 0])
  })
})
