import type { Database } from '../../src/store/database.ts'

/** Thrown in the middle of a transaction, as if the process had died there. */
class Crash extends Error {}

/** The same database, whose every transaction breaks before its `statements`-th statement. */
export function crashingDatabase(db: Database, statements: number): Database {
  return {
    ...db,
    transaction: (work) =>
      db.transaction((client) => {
        let left = statements
        return work({
          query: async (text, values) => {
            if (left === 0) throw new Crash('the process died here')
            left -= 1
            return client.query(text, values)
          },
        })
      }),
  }
}
