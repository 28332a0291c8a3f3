import { pullKind } from '../../jobs/pull-orders.ts'
import { closeInbox } from '../app/close-inbox.ts'
import type { AccountServices } from '../app/services.ts'
import type { SourceErasure } from '../core/customers/customer-store.ts'
import { StoreError } from '../core/errors.ts'
import { onceFree, PATIENCE_MS } from './once-free.ts'

/**
 * Works off what a shop still asked for and makes anonymous what it told of people, while nobody reads it: the next page of
 * a pull would bring them back. Null: nothing was ever read from it.
 * @throws StoreError when somebody reads it for longer than `patienceMs`; nothing was changed
 */
export async function forgetSource(
  services: Pick<AccountServices, 'exclusively' | 'orders' | 'inbox' | 'customers' | 'settings'>,
  source: string,
  { patienceMs = PATIENCE_MS }: { patienceMs?: number } = {},
): Promise<{ receipt: SourceErasure; schedule: string | null } | null> {
  const { exclusively, customers, settings } = services
  const work = async () => {
    // First: whom the shop wants forgotten is known by its own ids.
    await closeInbox(services, source)
    return { receipt: await customers.eraseSource(source) }
  }
  const done = await onceFree({ exclusively }, pullKind(source), work, patienceMs)
  if (done === null) {
    throw new StoreError(
      `a process reads ${source} at this moment, so nobody was forgotten: stop every scontrino start that still has it in its configuration, then forget again`,
      { account: settings.key, source },
    )
  }
  return done.receipt === null ? null : { receipt: done.receipt, schedule: settings.schedule.sync }
}
