import { AbortedError, AuthError, ScontrinoError } from '../../core/errors.ts'
import type { Finding } from '../../core/finding.ts'
import { fetchAccount, type KlaviyoAccount } from './account.ts'
import { EMAIL_CAMPAIGNS } from './campaigns.ts'
import { checkMetrics, checkPredictions } from './check-metrics.ts'
import type { KlaviyoClient } from './client.ts'
import { OPERATIONS, type Operation } from './limits.ts'
import { reference } from './schema.ts'

interface Probe {
  readonly operation: Operation
  /** What the list is not given without. */
  readonly query?: Readonly<Record<string, string>>
}

/** Reads that are tried only to see whether the key may; the others are tried by what they find out. */
const PROBES: readonly Probe[] = [
  { operation: OPERATIONS.findProfiles },
  { operation: OPERATIONS.listImports },
  { operation: OPERATIONS.listSegments },
  { operation: OPERATIONS.listTags },
]

/** The same where drafts of campaigns are switched on. */
const DRAFT_PROBES: readonly Probe[] = [
  { operation: OPERATIONS.listTemplates },
  { operation: OPERATIONS.listCampaigns, query: { filter: EMAIL_CAMPAIGNS } },
]

/** Scopes that only a write could try, and nothing is written to find out. Only `onErase: delete` deletes profiles. */
const WRITE_SCOPES = [...new Set(Object.values(OPERATIONS).flatMap(({ scopes }) => scopes))]
  .filter((scope) => scope.endsWith(':write') && scope !== 'data-privacy:write')
  .sort()
const DRAFT_SCOPES: ReadonlySet<string> = new Set(['campaigns:write', 'templates:write'])

const SCOPES = 'klaviyo scopes'

/** Everything `scontrino check` can say about a Klaviyo account: problems are findings, only a stop is thrown. */
export async function check(
  client: KlaviyoClient,
  expected: {
    readonly currency: string
    readonly timezone: string
    readonly ownFigures: boolean
    readonly campaignDrafts: boolean
  },
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const keyFindings = await attempt(async () => {
    const account = await fetchAccount(client, signal)
    return [
      { level: 'ok', subject: 'klaviyo key', message: `accepted for account ${account.id}` },
      ...compareAccount(account, expected),
    ]
  })
  // Without a key that works, or without an answer, the rest would only say the same many times.
  if (keyFindings.some(({ level, subject }) => level === 'problem' && subject !== SCOPES)) return keyFindings

  const findings = [...keyFindings]
  const allowed: string[] = []
  for (const asked of PROBES) {
    const refused = await attempt(() => probe(client, asked, signal))
    if (refused.length === 0) allowed.push(...asked.operation.scopes)
    findings.push(...refused)
  }
  for (const asked of expected.campaignDrafts ? DRAFT_PROBES : []) {
    const refused = await attempt(() => probe(client, asked, signal))
    if (refused.length === 0) allowed.push(...asked.operation.scopes)
    // Syncs go on without: a problem without a code keeps nothing paused.
    findings.push(
      ...refused.map(({ code: _code, ...finding }) => ({
        ...finding,
        message: `${finding.message}: scontrino campaigns draft needs it`,
      })),
    )
  }
  if (allowed.length > 0) {
    findings.push({
      level: 'ok',
      subject: SCOPES,
      message: `the key may read: ${[...new Set(allowed)].sort().join(', ')}`,
    })
  }
  const writes = WRITE_SCOPES.filter((scope) => expected.campaignDrafts || !DRAFT_SCOPES.has(scope))
  findings.push({
    level: 'note',
    subject: SCOPES,
    message: `the key also needs ${writes.join(', ')}; only a write would tell whether it has them, so that was not tried`,
  })
  findings.push(...(await attempt(() => probeFlows(client, signal))))
  findings.push(...(await attempt(() => checkMetrics(client, signal))))
  findings.push(...(await attempt(() => checkPredictions(client, expected.ownFigures, signal))))
  return findings
}

/** Runs one part of the check; what it throws becomes a finding. */
async function attempt(part: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await part()
  } catch (error) {
    if (!(error instanceof ScontrinoError) || error instanceof AbortedError) throw error
    if (!(error instanceof AuthError)) {
      return [
        {
          level: 'problem',
          subject: 'klaviyo',
          message: error.message,
          action: 'try again; if it stays, see docs/errors.md',
          code: error.code,
        },
      ]
    }
    if (error.context['status'] === 401) {
      const action = 'copy a private key (pk_…) from Settings > API keys in Klaviyo into klaviyo.apiKey'
      return [
        {
          level: 'problem',
          subject: 'klaviyo key',
          message: 'Klaviyo does not accept the key',
          action,
          code: error.code,
        },
      ]
    }
    const needs = String(error.context['needs'])
    return [
      {
        level: 'problem',
        subject: SCOPES,
        message: `the key lacks one of ${needs}`,
        action: 'make a new private key with it in Klaviyo; the scopes of a key cannot be changed',
        code: error.code,
      },
    ]
  }
}

async function probe(client: KlaviyoClient, { operation, query }: Probe, signal: AbortSignal): Promise<Finding[]> {
  // `page[size]` of one is the least that can be asked; the first page is enough.
  const asked = { query: { ...query, 'page[size]': '1' }, signal }
  for await (const _page of client.readPages(operation, reference, asked)) break
  return []
}

async function probeFlows(client: KlaviyoClient, signal: AbortSignal): Promise<Finding[]> {
  const findings = await attempt(() => probe(client, { operation: OPERATIONS.listFlows }, signal))
  return findings.map(({ code: _code, ...finding }) => ({
    ...finding,
    level: 'warning',
    message: `${finding.message}: plans then cannot say which flows start from a segment`,
  }))
}

function compareAccount(account: KlaviyoAccount, expected: { currency: string; timezone: string }): Finding[] {
  const subject = 'klaviyo account'
  const findings: Finding[] = []
  if (account.currency !== expected.currency) {
    findings.push({
      level: 'warning',
      subject,
      message: `Klaviyo shows money in ${account.currency}, this account's figures are in ${expected.currency}; Klaviyo converts nothing`,
      action: `set currency: ${account.currency} with rates, or change the currency in Klaviyo's account settings`,
    })
  }
  if (toCanonicalZone(account.timezone) !== toCanonicalZone(expected.timezone)) {
    findings.push({
      level: 'warning',
      subject,
      message: `Klaviyo's days are those of ${account.timezone}, ours of ${expected.timezone}`,
      action: `set timezone: ${account.timezone}, or change it in Klaviyo's account settings`,
    })
  }
  if (account.test) {
    findings.push({ level: 'note', subject, message: 'Klaviyo calls this a test account; it works like any other' })
  }
  if (findings.length === 0) {
    findings.push({ level: 'ok', subject, message: `${account.currency}, ${account.timezone}, as configured` })
  }
  return findings
}

/** One name for zones that have several: US/Eastern is America/New_York. */
function toCanonicalZone(timezone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: timezone }).resolvedOptions().timeZone
  } catch {
    return timezone
  }
}
