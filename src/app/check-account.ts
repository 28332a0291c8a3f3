import type { AccountSettings } from '../core/account.ts'
import { type ScontrinoError, toScontrinoError } from '../core/errors.ts'
import type { Finding } from '../core/finding.ts'
import type { AccountServices } from './services.ts'

const NO_SOURCE: Finding = {
  level: 'warning',
  subject: 'sources',
  message: 'none is configured: no order is read, and figures change only as time passes',
  action: 'add a shop, unless the last one was taken out on purpose',
}

/**
 * Tries every connection of an account and says what to do about what it finds. A paused connector whose check shows
 * no problem is resumed.
 */
export async function checkAccount(services: AccountServices, signal: AbortSignal): Promise<Finding[]> {
  const { settings, sources, destination, pauses } = services
  const findings: Finding[] = []
  if (sources.size === 0) findings.push(NO_SOURCE)
  for (const [name, source] of sources) {
    const subject = `source ${name}`
    const found = await resumeWhenWell(subject, name, () => source.connector.check(signal))
    findings.push(...found, ...compareCurrencies(subject, found, settings))
  }
  const expected = {
    currency: settings.currency,
    timezone: settings.timezone,
    ownFigures: settings.segments.some(({ basis }) => basis === 'predictive'),
    campaignDrafts: settings.campaigns === 'drafts',
  }
  findings.push(...(await resumeWhenWell('klaviyo', 'klaviyo', () => destination.connector.check(expected, signal))))
  return findings

  async function resumeWhenWell(
    subject: string,
    connector: string,
    look: () => Promise<readonly Finding[]>,
  ): Promise<readonly Finding[]> {
    const found = await look().catch((error: unknown): readonly Finding[] => {
      const known: ScontrinoError = toScontrinoError(error, `checking ${subject}`)
      return [
        {
          level: 'problem',
          subject,
          message: `${known.message} (${known.code})`,
          action: 'see docs/errors.md',
          code: known.code,
        },
      ]
    })
    const paused = (await pauses.loadPauses()).find((pause) => pause.connector === connector)
    // A problem with a code is one that work would fail with too; others do not keep a connector paused.
    if (paused === undefined || found.some(({ level, code }) => level === 'problem' && code !== undefined)) return found
    await pauses.resume(connector)
    return [...found, { level: 'note', subject, message: `was paused (${paused.reason}) and works again: resumed` }]
  }
}

/** Orders in a currency without a rate are kept and never counted, which nothing else would say so early. */
function compareCurrencies(subject: string, found: readonly Finding[], settings: AccountSettings): Finding[] {
  const known = new Set([settings.currency, ...settings.rates.map(({ currency }) => currency)])
  const all = new Set(found.flatMap(({ currencies = [] }) => currencies))
  const unknown = [...all].filter((currency) => !known.has(currency))
  if (unknown.length === 0) return []
  const codes = unknown.join(', ')
  return [
    {
      level: unknown.length === all.size ? 'problem' : 'warning',
      subject,
      message: `orders in ${codes} will not count: the account counts in ${settings.currency} and has no rate for them`,
      action: `Set the account's \`currency\`, or give \`rates\` for ${codes}.`,
    },
  ]
}
