import { describe, expect, test } from 'vitest'
import type { PlannedFollowing, SegmentPlan } from '../../src/app/segment-plan.ts'
import type { ThresholdDecision } from '../../src/core/thresholds/threshold.ts'
import { LANGUAGES, type Language, wordsOf } from '../../src/page/words/language.ts'
import { createCli } from '../support/cli.ts'
import { CROSSED, PLAN, plannedSegment } from '../support/cli-ledger.ts'
import { createMemoryApplication } from '../support/http-application.ts'
import { logIn } from '../support/page-door.ts'

const DECISION: ThresholdDecision = {
  name: 'p75',
  window: '12m',
  outcome: 'held',
  rawMinor: 9_520,
  valueMinor: 8_000,
  formerMinor: 8_000,
  wantedMinor: 9_500,
  decidedAt: new Date('2026-11-01T12:00:00Z'),
  mayMoveAt: new Date('2026-12-01T12:00:00Z'),
}
const FOLLOWING: PlannedFollowing = {
  options: { tolerance: 0.1, atMostEveryDays: 30, round: true },
  timezone: 'Europe/London',
  decisions: [DECISION],
  waiting: [{ key: 'top', name: 'AOV | Top', cause: { kind: 'crossed-bands' }, remoteId: 'S1' }],
  crossed: CROSSED,
}
const WHOLE: SegmentPlan = {
  ...PLAN,
  following: FOLLOWING,
  wavering: { days: 91, plain: 1_214, held: 37 },
  heldInBand: 2_318,
  segments: [
    plannedSegment({
      key: 'high',
      action: 'unchanged',
      memberCount: 12,
      expectedMembers: 1_100,
      forecast: {
        customers: 1_204,
        orders: 5_000,
        revenueMinor: 891_140_790,
        profiles: { confirmed: 900, pending: 200, refused: 4, absent: 100 },
      },
      finding: { kind: 'off', causes: [{ kind: 'refused', customers: 4 }] },
    }),
    plannedSegment({
      key: 'old',
      action: 'unwanted',
      forecast: null,
      flows: [{ id: 'F1', name: 'Goodbye', status: 'live' }],
    }),
  ],
}

async function pageOf(plan: SegmentPlan, language: Language = 'en'): Promise<string> {
  const { read } = await logIn({ application: createMemoryApplication({ plan: async () => plan }) })
  return (await read(`/segments/plan?lang=${language}`)).body.replaceAll(/<[^>]*>/g, ' ')
}

describe('the plan on the page', () => {
  test('tells every fact that scontrino plan tells', async () => {
    const [page, { stdout }] = [
      await pageOf(WHOLE),
      await createCli({ application: { plan: async () => WHOLE } }).run('plan', '-a', 'main'),
    ]
    const facts = [
      'p75 of the last twelve months stays at £80',
      '£95.20',
      'AOV | Top stays as it is in Klaviyo: the borders of the bands cross today',
      'store_aov',
      '£180',
      '1,214',
      '37',
      '2,318 customers are held in another band than that of their AOV by today',
      '900–1,100',
      'Goodbye',
    ]
    for (const fact of facts) {
      expect(page).toContain(fact)
      expect(stdout).toContain(fact)
    }
  })

  test.each(LANGUAGES)('lacks no word (%s)', async (language) => {
    const page = await pageOf(WHOLE, language)
    const { segments } = wordsOf(language)
    expect(page).not.toMatch(/undefined|NaN|\[object/)
    expect(page).toContain(segments.waitingSegment('AOV | Top', true, segments.waitingCauses['crossed-bands']('')))
    expect(page).toContain(segments.causes.refused('4'))
    expect(page).toContain(segments.flowKept('Goodbye', 'live'))
    expect(page).toContain(segments.lastTwelveMonths('p75'))
  })

  test('tells thresholds also where there are only bands to follow them', async () => {
    const page = await pageOf({ ...WHOLE, segments: [] })
    expect(page).toContain('No segment is configured.')
    expect(page).toContain('p75 of the last twelve months stays at £80')
    expect(page).toContain('1,214')
  })

  test('names the threshold that a segment waits for', async () => {
    const cause = { kind: 'no-value', thresholds: [{ name: 'p90', window: '12m' }] } as const
    const waiting = [{ key: 'top', name: 'AOV | Top', cause, remoteId: null }]
    expect(await pageOf({ ...WHOLE, following: { ...FOLLOWING, waiting } })).toContain(
      'AOV | Top is not made yet: p90 of the last twelve months has no value yet',
    )
  })

  test.each([
    [{ outcome: 'kept', rawMinor: 8_320 }, 'no more than 10% away'],
    [{ outcome: 'kept', rawMinor: 9_990 }, 'which comes to that price'],
    [{ outcome: 'waiting', rawMinor: null }, 'stays at £80: it has no value today'],
    [{ outcome: 'waiting', rawMinor: null, valueMinor: null, formerMinor: null }, 'has no value today'],
  ] as const)('tells of a threshold %o', async (change, words) => {
    const decisions = [{ ...DECISION, ...change }]
    expect(await pageOf({ ...WHOLE, following: { ...FOLLOWING, decisions } })).toContain(words)
  })
})
