import type { Application } from '../app/application.ts'
import { loadFollowed } from '../app/follow-thresholds.ts'
import { parseDecimal, toMinor } from '../core/money.ts'
import { findBandSegments } from '../core/thresholds/band-segments.ts'
import { toBandRule } from '../core/thresholds/following.ts'
import { loadBandsInForce } from '../store/thresholds/apply-bands.ts'
import type { Container } from './container.ts'

/** Where an account’s bands part, as they are and as they are configured. */
export function accountBands(container: Container): Pick<Application, 'bands' | 'crossedBands' | 'configuredBands'> {
  return {
    async bands(account) {
      const { ledgerAccount, settings } = await container.account(account)
      const rule = (await loadBandsInForce(container.ledger, ledgerAccount))?.rule ?? toBandRule(settings)
      if (rule === null) return null
      const toBorder = (major: number) => toMinor(parseDecimal(String(major)), settings.currency)
      return [toBorder(rule.borders[0]), toBorder(rule.borders[1])]
    },

    async crossedBands(account) {
      return (await loadFollowed(await container.account(account))).crossed
    },

    async configuredBands(account) {
      const { settings } = await container.account(account)
      const { bands, hasBandFamily, segments, following } = settings
      const hasSegments = segments.length > 0 || (following?.segments.length ?? 0) > 0
      const own = hasBandFamily ? [] : findBandSegments(segments, toBandRule(settings))
      return { bands, hasSegments, hasFamily: hasBandFamily, ownSegments: own.map(({ name }) => name) }
    },
  }
}
