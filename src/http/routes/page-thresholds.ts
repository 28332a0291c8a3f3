import { untilAborted } from '../../lib/wait.ts'
import { renderPage } from '../../page/layout.ts'
import { toPresentBands } from '../../page/thresholds/present-bands.ts'
import { startThresholds } from '../../page/thresholds/start-thresholds.ts'
import { renderThresholdAdvice } from '../../page/thresholds/threshold-advice.ts'
import { renderThresholds } from '../../page/thresholds/thresholds.ts'
import { createAdviceMemory } from '../page/advice-memory.ts'
import { sendPage } from '../page/answer.ts'
import type { PageDoor } from '../page/door.ts'
import { createPatience, stopSignal } from '../page/patience.ts'
import { unknownAccount } from '../page/unknown-account.ts'
import { viewOf } from '../page/view-of.ts'
import { PAGE_TIME_LIMITS } from '../time-limits.ts'
import type { HttpApp } from '../type-provider.ts'

/** Customers by AOV with thresholds to move, and the advice where to put them. */
export function addPageThresholdRoutes(scope: HttpApp, door: PageDoor): void {
  const { application } = door
  const patience = createPatience(scope)
  const memory = createAdviceMemory(application, stopSignal(scope))
  const config = { page: 'document' } as const
  const patient = { config, handlerTimeout: PAGE_TIME_LIMITS.patientMs, schema: { hide: true } }

  scope.get('/thresholds', patient, async (request, reply) => {
    const view = viewOf(door, request, reply, '/thresholds')
    if (view === null) return unknownAccount(door, request, reply)
    const { key, currency } = view.account
    const signal = patience()
    const figures = [
      application.distribution(key),
      application.bands(key),
      application.configuredBands(key),
      application.crossedBands(key),
    ] as const
    const [distribution, bands, configured, crossed] = await untilAborted(Promise.all(figures), signal)
    // Nobody waits for the advice who has not asked for it; a browser fetches it by itself.
    const isAsked = textOf(request.query, 'advice') === 'yes'
    const advice = isAsked
      ? await untilAborted(memory.advise(key, distribution), signal)
      : memory.find(key, distribution)
    const { low, high } = view.query
    const before = (name: 'low' | 'high') => textOf(request.query, `${name}-before`)
    const asked = { low, high, lowBefore: before('low'), highBefore: before('high') }
    const main = renderThresholds(view, {
      ...{ distribution, crossed },
      ...startThresholds(distribution, bands, asked, currency),
      present: toPresentBands(configured),
      today: bands,
      advice: advice === null ? null : renderThresholdAdvice(view, advice, bands),
    })
    return sendPage(reply, renderPage(view, 'thresholds', main))
  })

  scope.get('/thresholds/advice', patient, async (request, reply) => {
    const view = viewOf(door, request, reply, '/thresholds')
    if (view === null) return unknownAccount(door, request, reply)
    const { key } = view.account
    const signal = patience()
    const figures = [application.distribution(key), application.bands(key)] as const
    const [distribution, bands] = await untilAborted(Promise.all(figures), signal)
    const advice = await untilAborted(memory.advise(key, distribution), signal)
    return sendPage(reply, renderThresholdAdvice(view, advice, bands).html)
  })
}

function textOf(query: unknown, name: string): string | undefined {
  const value = (query as Record<string, unknown>)[name]
  return typeof value === 'string' ? value : undefined
}
