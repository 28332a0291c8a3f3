import type { CustomerStore } from '../../core/customers/customer-store.ts'
import { RecordError } from '../../core/errors.ts'
import type { OrderCustomer } from '../../core/orders/order.ts'
import { type LedgerAccount, lockAccount, openSource } from '../account.ts'
import type { Database } from '../database.ts'
import { closeTask, saveTask } from '../orders/tasks.ts'
import { eraseCustomers } from './erase-customers.ts'
import { eraseSource } from './erase-source.ts'
import { loadTombstones, saveTombstones, toTombstones } from './erasures.ts'
import { identityKeys } from './identity-keys.ts'
import { countPendingErasures } from './pending-erasures.ts'
import { mergeByShopIds } from './shop-merges.ts'

/** The ledger's side of what happens to customers besides buying, for one account. */
export function createCustomerStore(db: Database, { accountId, settings }: LedgerAccount): CustomerStore {
  const { timezone } = settings
  const keysOf = async (customer: OrderCustomer, source?: string) =>
    identityKeys(customer, source === undefined ? 0 : await openSource(db, accountId, source))

  return {
    async mergeShopCustomers(source, keptId, goneId) {
      const [keptKey] = await keysOf({ externalId: keptId }, source)
      const [goneKey] = await keysOf({ externalId: goneId }, source)
      if (keptKey === undefined || goneKey === undefined) throw new RecordError('a merged customer came without an id')
      if (keptKey === goneKey) return false
      return db.transaction(async (client) => {
        const { fresh } = await lockAccount(client, accountId)
        return mergeByShopIds(client, { accountId, timezone, fresh }, keptKey, goneKey)
      })
    },

    async noteTask(source, task) {
      await saveTask(db, accountId, await openSource(db, accountId, source), task)
    },

    finishTask: (number) => closeTask(db, accountId, number),

    eraseSource: (source) =>
      db.transaction(async (client) => {
        const { fresh } = await lockAccount(client, accountId)
        const erased = await eraseSource(client, { accountId, timezone, fresh }, source, settings.profiles.onErase)
        return erased === null ? null : { erasedAt: new Date(), ...erased }
      }),

    async erase({ email, source, externalId }) {
      const keys = await keysOf(
        {
          ...(email === undefined ? {} : { email }),
          ...(externalId === undefined || source === undefined ? {} : { externalId }),
        },
        source,
      )
      if (keys.length === 0) throw new RecordError('nobody can be forgotten without an address or a shop’s customer id')
      return db.transaction(async (client) => {
        const { fresh } = await lockAccount(client, accountId)
        const asked = await toTombstones(client, accountId, keys)
        const standing = await loadTombstones(client, accountId, asked)
        const erased = await eraseCustomers(client, { accountId, timezone, fresh }, keys, settings.profiles.onErase)
        await saveTombstones(client, accountId, [
          ...asked,
          ...(await toTombstones(client, accountId, erased.identities)),
        ])
        const stored = await loadTombstones(client, accountId, asked)
        return {
          // Every receipt of one request tells the same: what is stored keeps its date.
          erasedAt: new Date(Math.max(...[...stored.values()].map((at) => at.getTime()))),
          tombstone: asked[0] ?? '',
          repeated: asked.every((tombstone) => standing.has(tombstone)),
          customers: erased.customers,
          orders: erased.orders,
          refunds: erased.refunds,
          identities: erased.identities.length,
          profiles: await countPendingErasures(client, accountId, erased.emails),
        }
      })
    },
  }
}
