import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { createRealVendureBook } from './real-vendure-book.ts'
import { createRealVendureShop } from './real-vendure-shop.ts'
import { openShiftedDoor } from './shifted-door.ts'
import { createShiftedTime } from './shifted-time.ts'
import type { ShopRig } from './shop-rig.ts'

/** A real Vendure on Postgres: every shop is a channel of its own, behind a door that shifts its time. */
export function createRealVendureRig(server: () => string, databaseUrl: () => string): ShopRig {
  return {
    name: 'a real vendure',
    type: 'vendure',
    async open({ startedAt, onList }) {
      const name = randomUUID().slice(0, 8)
      const shop = await createRealVendureShop(server(), name)
      const database = new Client({ connectionString: databaseUrl(), options: '-c timezone=UTC' })
      await database.connect()
      const time = createShiftedTime(startedAt)
      const door = await openShiftedDoor(server(), time, async (question) => {
        if (/"take":(?!1\b)/.test(question)) await onList?.()
      })
      return {
        book: createRealVendureBook(shop, database, time, name),
        clock: time,
        faults: null,
        // What is authorised and not settled is waiting for its money, as pending orders of other platforms do.
        source: { ...shop.source, url: door.url, states: { PaymentAuthorized: 'pending' } },
        async close() {
          await door.close()
          await database.end()
        },
      }
    },
    idOf: String,
    seen: {
      edit: 'at once',
      cancel: 'at once',
      pay: 'by the sweep',
      refund: 'by the sweep',
      touch: 'by the sweep',
      'change-email': 'by the sweep',
      destroy: 'by the sweep',
    },
    wrongKey: { apiKey: 'wrong-key-0815' },
    smallPages: { pageSize: 3 },
    severalPages: 20,
    isReal: true,
  }
}
