import { afterAll, beforeAll, describe } from 'vitest'
import { createRealVendureRig } from '../support/real-vendure-rig.ts'
import { type RealVendureServer, startRealVendure } from '../support/real-vendure-server.ts'
import { describeFaults } from '../support/source-faults-suite.ts'
import { describeSource } from '../support/sources-suite.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'

let database: TestDatabase | undefined
let server: RealVendureServer | undefined

beforeAll(async () => {
  database = await createTestDatabase()
  server = await startRealVendure(database.url)
})
afterAll(async () => {
  await server?.stop()
  await database?.drop()
})

const rig = createRealVendureRig(
  () => server?.url ?? '',
  () => database?.url ?? '',
)

describe(rig.name, () => {
  describeSource(rig)
  describeFaults(rig)
})
