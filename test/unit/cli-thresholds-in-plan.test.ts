import { describe, expect, test } from 'vitest'
import type { PlannedFollowing } from '../../src/app/segment-plan.ts'
import type { ThresholdDecision } from '../../src/core/thresholds/threshold.ts'
import { createCli } from '../support/cli.ts'
import { PLAN } from '../support/cli-ledger.ts'

const DECISION: ThresholdDecision = {
  name: 'p75',
  window: 'lifetime',
  outcome: 'kept',
  rawMinor: 8_320,
  valueMinor: 8_000,
  formerMinor: 8_000,
  wantedMinor: null,
  decidedAt: new Date('2026-11-01T23:30:00Z'),
  mayMoveAt: new Date('2026-12-01T23:30:00Z'),
}

async function planWith(
  decision: Partial<ThresholdDecision>,
  segments = PLAN.segments,
  more: Partial<PlannedFollowing> = {},
): Promise<string> {
  const following = {
    options: { tolerance: 0.1, atMostEveryDays: 30, round: true },
    timezone: 'Europe/Rome',
    decisions: [{ ...DECISION, ...decision }],
    waiting: [
      {
        key: 'top',
        name: 'AOV | Top',
        cause: { kind: 'no-value', thresholds: [{ name: 'p90', window: 'lifetime' }] } as const,
        remoteId: null,
      },
    ],
    crossed: null,
    ...more,
  }
  const plan = async () => ({ ...PLAN, segments, following })
  return (await createCli({ application: { plan } }).run('plan', '--account', 'main')).stdout
}

describe('the plan says of bands', () => {
  async function planWavering(wavering: { days: number; plain: number; held: number | null }): Promise<string> {
    const plan = async () => ({ ...PLAN, wavering })
    return (await createCli({ application: { plan } }).run('plan', '--account', 'main')).stdout
  }

  test('how many customers would have come back to theirs, and what would keep them', async () => {
    expect(await planWavering({ days: 91, plain: 1_214, held: null })).toContain(
      'bands: by the borders alone 1,214 customers would have changed band and come back in the last 91 days; ' +
        'bands.margin or bands.minStay would keep them',
    )
  })

  test('how many do so all the same', async () => {
    expect(await planWavering({ days: 91, plain: 214, held: 37 })).toContain('in the last 91 days; as configured 37')
  })

  test('nothing where nobody did', async () => {
    expect(await planWavering({ days: 91, plain: 0, held: 0 })).not.toContain('bands:')
  })
})

describe('the plan says of a threshold', () => {
  test.each<[string, Partial<ThresholdDecision>, string]>([
    ['why it stays', {}, 'p75 is now £83.20, within 10% of the £80 in force'],
    [
      'that it comes to the same price',
      { rawMinor: 9_990, valueMinor: 8_000 },
      'p75 is now £99.90, which comes to £80',
    ],
    [
      'its first value',
      { outcome: 'set', formerMinor: null, window: '12m' },
      'p75 of the last twelve months is £80 from now on (today £83.20); may move after 2026-12-02',
    ],
    [
      'from what to what it moves',
      { outcome: 'moved', rawMinor: 9_520, valueMinor: 9_500 },
      'p75 moves £80 → £95: it is now £95.20, more than 10% away; may move again after 2026-12-02',
    ],
    [
      'when it may move',
      { outcome: 'held', rawMinor: 9_520, wantedMinor: 9_500 },
      'p75 stays at £80: it is now £95.20 and would be £95, but may move only after 2026-12-02',
    ],
    [
      'that nobody bought',
      { outcome: 'waiting', rawMinor: null, valueMinor: null, formerMinor: null },
      'p75 has no value today, since no customer has an order that counts\n',
    ],
    [
      'that it stays where nobody bought',
      { outcome: 'waiting', rawMinor: null },
      'since no customer has an order that counts; it stays at £80',
    ],
  ])('%s', async (_, decision, text) => {
    expect(await planWith(decision)).toContain(text)
  })

  test('which segments stay as they are until it has one', async () => {
    const waiting = [{ key: 'top', name: 'AOV | Top', cause: { kind: 'crossed-bands' } as const, remoteId: 'S1' }]
    expect(await planWith({}, PLAN.segments, { waiting })).toContain(
      '! AOV | Top stays as it is in Klaviyo: the borders of the bands cross today',
    )
  })

  test('which segments wait for it, also where there are no others', async () => {
    for (const segments of [PLAN.segments, []]) {
      expect(await planWith({}, segments)).toContain('! AOV | Top is not made yet: p90 has no value yet')
    }
  })
})
