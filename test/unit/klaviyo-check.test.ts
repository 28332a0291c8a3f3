import { describe, expect, it } from 'vitest'
import { AbortedError } from '../../src/core/errors.ts'
import type { Finding } from '../../src/core/finding.ts'
import { errors, page, scriptKlaviyo, signal } from '../support/klaviyo.ts'

const klaviyo = scriptKlaviyo()

const placedOrder = (id: string, integration: string) => ({
  type: 'metric',
  id,
  attributes: { name: 'Placed Order', integration: { name: integration, category: { text: 'eCommerce' } } },
})
const opened = { type: 'metric', id: 'M9', attributes: { name: 'Opened Email', integration: null } }

/** An account where everything is fine; `answers` replaces what is answered. */
interface Account {
  readonly account?: object
  readonly metrics?: readonly object[]
  readonly revenue?: string | null
  readonly averages?: readonly (number | null)[]
  readonly answers?: Readonly<Record<string, readonly [number, unknown]>>
  readonly ownFigures?: boolean
  readonly campaignDrafts?: boolean
}

const OPERATIONS = ['accounts', 'profiles', 'profile-bulk-import-jobs', 'segments', 'tags', 'flows', 'metrics'] as const

function prepare({ account = {}, metrics = [placedOrder('M1', 'Shopify')], ...more }: Account): void {
  const attributes = { timezone: 'Europe/London', preferred_currency: 'GBP', test_account: false, ...account }
  const revenue = more.revenue === undefined ? 'M1' : more.revenue
  const mapping = revenue === null ? {} : { relationships: { metric: { data: { type: 'metric', id: revenue } } } }
  const averages = more.averages ?? [null, 42.5]
  const people = averages.map((average_order_value, i) => ({
    type: 'profile',
    id: `P${i}`,
    attributes: { predictive_analytics: { average_order_value } },
  }))
  const bodies: Record<string, unknown> = {
    accounts: page([{ type: 'account', id: 'AbC123', attributes }]),
    metrics: page([opened, ...metrics]),
  }
  const drafts = more.campaignDrafts === true ? ['templates', 'campaigns'] : []
  for (const name of [...OPERATIONS, ...drafts]) {
    const [status, body] = more.answers?.[name] ?? [200, bodies[name] ?? page([{ type: 'x', id: 'X1' }])]
    klaviyo.answer(`GET /api/${name}`, status, body)
  }
  if ((more.answers?.['metrics']?.[0] ?? 200) === 200) {
    klaviyo.answer('GET /api/mapped-metrics', 200, page([{ type: 'mapped-metric', id: 'revenue', ...mapping }]))
  }
  klaviyo.answer('GET /api/profiles', 200, page(people))
}

async function findingsOf(account: Account): Promise<readonly Finding[]> {
  prepare(account)
  const { ownFigures = false, campaignDrafts = false } = account
  return klaviyo.destination().check({ currency: 'GBP', timezone: 'Europe/London', ownFigures, campaignDrafts }, signal)
}

function of(findings: readonly Finding[], subject: string): Finding[] {
  return findings.filter((finding) => finding.subject === subject)
}

describe('check', () => {
  it('finds nothing to do about an account where everything is fine', async () => {
    const findings = await findingsOf({})
    expect(findings.filter(({ level }) => level === 'warning' || level === 'problem')).toEqual([])
    expect(of(findings, 'klaviyo key')).toEqual([
      { level: 'ok', subject: 'klaviyo key', message: 'accepted for account AbC123' },
    ])
  })

  it('names the write scopes that it did not try', async () => {
    const notes = of(await findingsOf({}), 'klaviyo scopes').filter(({ level }) => level === 'note')
    expect(notes[0]?.message).toContain('lists:write, profiles:write, segments:write, tags:write')
  })

  it('says what to do about a wrong key, and asks nothing more', async () => {
    klaviyo.answer('GET /api/accounts', 401, errors({ code: 'authentication_failed' }))
    const findings = await klaviyo
      .destination()
      .check({ currency: 'GBP', timezone: 'Europe/London', ownFigures: false, campaignDrafts: false }, signal)
    expect(findings).toEqual([
      {
        level: 'problem',
        subject: 'klaviyo key',
        message: expect.stringContaining('not accept'),
        action: expect.stringContaining('API keys'),
        code: 'E_AUTH',
      },
    ])
  })

  it('asks nothing more when there is no answer at all', async () => {
    klaviyo.answer('GET /api/accounts', 502)
    klaviyo.answer('GET /api/accounts', 502)
    const findings = await klaviyo
      .destination()
      .check({ currency: 'GBP', timezone: 'Europe/London', ownFigures: false, campaignDrafts: false }, signal)
    expect(findings).toMatchObject([{ level: 'problem', message: expect.stringContaining('answered 502') }])
  })

  it.each([
    ['accounts', 'accounts:read'],
    ['profiles', 'profiles:read'],
    ['profile-bulk-import-jobs', 'lists:read'],
    ['segments', 'segments:read'],
    ['tags', 'tags:read'],
    ['metrics', 'metrics:read'],
  ])('names the scope that is missing when %s may not be read, and goes on', async (name, scope) => {
    const findings = await findingsOf({ answers: { [name]: [403, errors({ code: 'permission_denied' })] } })
    const problems = findings.filter(({ level }) => level === 'problem')
    expect(problems).toMatchObject([{ code: 'E_AUTH' }])
    expect(problems[0]?.message).toContain(scope)
    expect(problems[0]?.action).toContain('new private key')
    expect(of(findings, 'klaviyo predictive analytics')).toHaveLength(1)
  })

  it('asks for the scopes of drafts of campaigns only where these are switched on', async () => {
    const without = of(await findingsOf({}), 'klaviyo scopes').map(({ message }) => message)
    expect(without.join()).not.toMatch(/campaigns|templates/)
    const scopes = of(await findingsOf({ campaignDrafts: true }), 'klaviyo scopes').map(({ message }) => message)
    expect(scopes[0]).toMatch(/may read: .*campaigns:read.*templates:read/)
    expect(scopes[1]).toMatch(/also needs campaigns:write, .*templates:write/)
  })

  it.each([
    ['templates', 'templates:read'],
    ['campaigns', 'campaigns:read'],
  ])('tells that drafts need what is missing when %s may not be read, which stops no sync', async (name, scope) => {
    const answers = { [name]: [403, errors({ code: 'permission_denied' })] } as const
    const findings = await findingsOf({ campaignDrafts: true, answers })
    const [problem, ...others] = findings.filter(({ level }) => level === 'problem')
    expect(others).toEqual([])
    expect(problem?.message).toBe(`the key lacks one of ${scope}: scontrino campaigns draft needs it`)
    expect(problem).not.toHaveProperty('code')
  })

  it('only warns when flows may not be read: plans then cannot name them', async () => {
    const findings = await findingsOf({ answers: { flows: [403, errors({ code: 'permission_denied' })] } })
    expect(findings.filter(({ level }) => level === 'problem')).toEqual([])
    expect(findings.find(({ message }) => message.includes('flows:read'))?.level).toBe('warning')
  })

  it('warns of another currency, since Klaviyo converts nothing', async () => {
    const [finding] = of(await findingsOf({ account: { preferred_currency: 'USD' } }), 'klaviyo account')
    expect(finding).toMatchObject({ level: 'warning', message: expect.stringContaining('USD') })
    expect(finding?.action).toContain('currency: USD')
  })

  it('warns of another time zone', async () => {
    const [finding] = of(await findingsOf({ account: { timezone: 'US/Eastern' } }), 'klaviyo account')
    expect(finding).toMatchObject({ level: 'warning', message: expect.stringContaining('US/Eastern') })
  })

  it('takes two names of one time zone for the same', async () => {
    const [finding] = of(await findingsOf({ account: { timezone: 'GB' } }), 'klaviyo account')
    expect(finding?.level).toBe('ok')
  })

  it('notes a test account', async () => {
    const findings = of(await findingsOf({ account: { test_account: true } }), 'klaviyo account')
    expect(findings).toMatchObject([{ level: 'note', message: expect.stringContaining('test account') }])
  })

  it('says where Placed Order comes from and what is mapped to revenue', async () => {
    const [finding] = of(await findingsOf({}), 'klaviyo metrics')
    expect(finding?.message).toBe('Placed Order comes from Shopify; mapped to revenue is Placed Order (Shopify)')
  })

  it('warns of several Placed Order metrics', async () => {
    const metrics = [placedOrder('M1', 'Shopify'), placedOrder('M2', 'API')]
    expect(of(await findingsOf({ metrics }), 'klaviyo metrics')).toMatchObject([{ level: 'warning' }])
  })

  it('notes that there is no Placed Order metric', async () => {
    const [finding] = of(await findingsOf({ metrics: [], revenue: null }), 'klaviyo metrics')
    expect(finding).toMatchObject({ level: 'note', message: expect.stringContaining('none is mapped to revenue') })
  })

  it('says that average order values of Klaviyo’s own are there', async () => {
    const [finding] = of(await findingsOf({ averages: [null, 0, 12] }), 'klaviyo predictive analytics')
    expect(finding).toMatchObject({ level: 'ok', message: expect.stringContaining('2 of 3 profiles') })
  })

  it('notes that there are none, and what that means', async () => {
    const [finding] = of(await findingsOf({ averages: [null, null] }), 'klaviyo predictive analytics')
    expect(finding).toMatchObject({ level: 'note', message: expect.stringContaining('would stay empty') })
  })

  it('warns that there are none where segments ask for them, and says what to do', async () => {
    const [finding] = of(await findingsOf({ averages: [null], ownFigures: true }), 'klaviyo predictive analytics')
    expect(finding).toMatchObject({ level: 'warning', action: expect.stringContaining('basis: property') })
  })

  it('is content where segments ask for them and they are there', async () => {
    const [finding] = of(await findingsOf({ averages: [null, 5], ownFigures: true }), 'klaviyo predictive analytics')
    expect(finding).toMatchObject({ level: 'ok' })
  })

  it('makes a finding of an answer that does not come', async () => {
    klaviyo.answer('GET /api/tags', 502)
    const findings = await findingsOf({ answers: { tags: [502, ''] } })
    expect(findings.filter(({ level }) => level === 'problem')).toMatchObject([
      { message: expect.stringContaining('/api/tags answered 502') },
    ])
  })

  it('throws when it is stopped', async () => {
    const checking = klaviyo
      .destination()
      .check({ currency: 'GBP', timezone: 'UTC', ownFigures: false, campaignDrafts: false }, AbortSignal.abort())
    await expect(checking).rejects.toBeInstanceOf(AbortedError)
  })
})
