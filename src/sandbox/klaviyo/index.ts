import { createCampaignStore } from './campaign-store.ts'
import { createClock } from './clock.ts'
import { addControlRoutes } from './control.ts'
import { createFaults, type Faults } from './faults.ts'
import { createImportQueue } from './import-queue.ts'
import { type KlaviyoSandboxOptions, toSettings } from './options.ts'
import { createProfileStore } from './profile-store.ts'
import { createRequestLog, type RequestCounts } from './request-log.ts'
import { createSegmentStore } from './segment-store.ts'
import { createServer } from './server.ts'
import { createState, type SandboxState } from './state.ts'
import { createTagStore } from './tag-store.ts'
import { createTemplateStore } from './template-store.ts'
import type { World } from './world.ts'

export type { KlaviyoSandboxOptions } from './options.ts'

/** A running Klaviyo with one account. */
export interface KlaviyoSandbox {
  /** Base address without a slash at the end. */
  readonly url: string
  readonly port: number
  readonly faults: Faults
  readonly state: SandboxState
  requestCounts(): RequestCounts
  /** Stops listening, cuts open connections and forgets everything. */
  close(): Promise<void>
}

/** Starts a Klaviyo that behaves; it listens when the promise resolves. All state is in memory. */
export async function createKlaviyoSandbox(options: KlaviyoSandboxOptions = {}): Promise<KlaviyoSandbox> {
  const settings = toSettings(options)
  const clock = createClock(options.now)
  const profiles = createProfileStore()
  const given = Object.entries(options.predictive ?? {})
  const predictive = new Map(given.map(([email, values]) => [email.toLowerCase(), values]))
  const segments = createSegmentStore({ settings, clock, profiles, predictive })
  const imports = createImportQueue({ settings, clock, profiles, changed: segments.profileChanged })
  const tags = createTagStore()
  const templates = createTemplateStore()
  const campaigns = createCampaignStore(clock)
  const faults = createFaults()
  const world: World = { settings, clock, profiles, predictive, segments, imports, tags, templates, campaigns, faults }

  const log = createRequestLog()
  const state = createState(world, log)
  const app = createServer(world, log)
  addControlRoutes(app, world, log, state)
  const url = await app.listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 })

  return {
    url,
    port: Number(new URL(url).port),
    faults,
    state,
    requestCounts: log.counts,
    async close() {
      clock.stop()
      await app.close()
    },
  }
}
