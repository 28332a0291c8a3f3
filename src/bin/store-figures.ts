import type { Application } from '../app/application.ts'
import { toFreshness } from '../core/orders/shop-reading.ts'
import { untilAborted } from '../lib/wait.ts'
import { readCustomerLines } from '../store/customers/customer-lines.ts'
import { loadDistribution } from '../store/numbers/distribution.ts'
import { loadFullReport } from '../store/numbers/full-report.ts'
import { loadStoredLeftOut, loadUnrated } from '../store/numbers/left-out.ts'
import { loadMatrix } from '../store/numbers/matrix.ts'
import { loadStoreReport } from '../store/numbers/report.ts'
import { loadShopReading } from '../store/orders/shop-reading.ts'
import { loadAovCells } from '../store/thresholds/aov-cells.ts'
import { adviseThresholdsAside } from './advise-thresholds.ts'
import type { Container } from './container.ts'

/** The figures of a store and of its customers, from the ledger alone. */
export function storeFigures(
  container: Container,
): Pick<
  Application,
  | 'report'
  | 'fullReport'
  | 'leftOut'
  | 'unrated'
  | 'overview'
  | 'freshness'
  | 'distribution'
  | 'matrix'
  | 'readCustomers'
  | 'thresholds'
> {
  return {
    async report(account, request) {
      return loadStoreReport(container.ledger, (await container.services(account)).ledgerAccount, request)
    },

    async fullReport(account, request) {
      return loadFullReport(container.ledger, (await container.services(account)).ledgerAccount, request, new Date())
    },

    async overview(account, request) {
      return (await container.services(account)).storeNumbers.loadOverview(request, new Date())
    },

    async freshness(account, by) {
      const { ledgerAccount } = await container.services(account)
      const sources = await loadShopReading(container.ledger, ledgerAccount)
      return toFreshness(sources, { by, timezone: ledgerAccount.settings.timezone, now: new Date() })
    },

    async leftOut(account, request) {
      return loadStoredLeftOut(container.ledger, (await container.services(account)).ledgerAccount, request)
    },

    async unrated(account) {
      return loadUnrated(container.ledger, (await container.services(account)).ledgerAccount)
    },

    async distribution(account) {
      return loadDistribution(container.ledger, (await container.services(account)).ledgerAccount)
    },

    async matrix(account) {
      return loadMatrix(container.ledger, (await container.services(account)).ledgerAccount)
    },

    async *readCustomers(account, signal) {
      yield* readCustomerLines(container.ledger, (await container.services(account)).ledgerAccount, signal)
    },

    async thresholds(account, request, signal) {
      const { ledgerAccount } = await container.services(account)
      const cells = await untilAborted(loadAovCells(container.ledger, ledgerAccount, request.window), signal)
      return adviseThresholdsAside(cells, request, signal)
    },
  }
}
