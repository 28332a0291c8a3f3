import type { FastifyRequest } from 'fastify'
import type { NewDefinition, PeriodLength } from '../../core/numbers/report.ts'
import { html } from '../../page/html.ts'
import { renderPage } from '../../page/layout.ts'
import { urlOf } from '../../page/link.ts'
import { renderFreshness } from '../../page/numbers/freshness.ts'
import { choosePeriod, renderNumbers } from '../../page/numbers/numbers.ts'
import { distributionCsv, matrixCsv, overviewCsv } from '../../page/numbers/numbers-csv.ts'
import { toBorders } from '../../page/thresholds/start-thresholds.ts'
import type { View } from '../../page/view.ts'
import { sendCsv, sendPage } from '../page/answer.ts'
import type { PageDoor } from '../page/door.ts'
import { unknownAccount } from '../page/unknown-account.ts'
import { viewOf } from '../page/view-of.ts'
import type { HttpApp } from '../type-provider.ts'

/** The shop in numbers, and the same as files. All of it was computed before: no order is read. */
export function addPageNumberRoutes(scope: HttpApp, door: PageDoor): void {
  const { application } = door
  const route = { config: { page: 'document' }, schema: { hide: true } } as const

  scope.get('/', route, async (request, reply) => {
    const view = viewOf(door, request, reply, '/')
    if (view === null) return unknownAccount(door, request, reply)
    const { key } = view.account
    const wanted = wantedOverview(request)
    const [overview, freshness, distribution, matrix, segments, bands] = await Promise.all([
      application.overview(key, wanted),
      application.freshness(key, wanted.by),
      application.distribution(key),
      application.matrix(key),
      application.segments(key, { forecast: false }),
      application.bands(key),
    ])
    const chosen = choosePeriod(overview, view.query['period'])
    const [all, ofChosen] = await Promise.all([
      application.leftOut(key, { by: wanted.by, period: null }),
      chosen === undefined ? [] : application.leftOut(key, { by: wanted.by, period: chosen.period }),
    ])
    const numbers = {
      ...{ overview, distribution, matrix, segments },
      borders: toBorders(distribution, bands),
      chosen,
      leftOut: { chosen: ofChosen, all },
    }
    const main = html`${renderFreshness(view, freshness, urlOf(view, '/runs'))}${renderNumbers(view, numbers)}`
    return sendPage(reply, renderPage(view, 'numbers', main))
  })

  const FILES = {
    '/numbers.csv': async ({ account: { key, currency } }: View, request: FastifyRequest) =>
      overviewCsv(await application.overview(key, wantedOverview(request)), currency),
    '/distribution.csv': async ({ account: { key, currency } }: View) =>
      distributionCsv(await application.distribution(key), currency),
    '/matrix.csv': async ({ account: { key, currency } }: View) => matrixCsv(await application.matrix(key), currency),
  }
  for (const [path, write] of Object.entries(FILES)) {
    scope.get(path, route, async (request, reply) => {
      const view = viewOf(door, request, reply, path)
      if (view === null) return unknownAccount(door, request, reply)
      return sendCsv(reply, `${view.account.key}-${path.slice(1, -'.csv'.length)}`, await write(view, request))
    })
  }
}

function wantedOverview(request: FastifyRequest): { by: PeriodLength; definition: NewDefinition } {
  const { by, definition } = request.query as Record<string, unknown>
  return {
    by: by === 'week' || by === 'quarter' ? by : 'month',
    definition: definition === 'rank' ? 'rank' : 'period',
  }
}
