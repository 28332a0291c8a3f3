import type { Destination } from '../../core/destination.ts'
import { ConfigError } from '../../core/errors.ts'
import { fetchAccount } from './account.ts'
import { createCampaigns } from './campaigns.ts'
import { check } from './check.ts'
import { createKlaviyoClient, type KlaviyoClientOptions } from './client.ts'
import { toDefinition } from './definition.ts'
import { fetchImport, readImportRefusals, startImport } from './imports.ts'
import { BATCH_LIMITS, SEGMENT_WRITES_PER_DAY } from './limits.ts'
import { samplePredictions } from './predictions.ts'
import { deleteProfile } from './privacy.ts'
import { sizeOfProfile } from './profile-body.ts'
import { fetchProfiles, findProfiles, pushProfile } from './profiles.ts'
import { sameDefinition } from './same-definition.ts'
import {
  createSegment,
  deleteSegment,
  fetchFlowTriggers,
  fetchSegmentSize,
  fetchSegments,
  updateSegment,
} from './segments.ts'
import { putTag } from './tags.ts'

/** A Klaviyo account, and how our properties are called there. */
export interface KlaviyoOptions extends KlaviyoClientOptions {
  /** Put before the names in segment conditions; the properties of profiles arrive with their full names. */
  readonly prefix?: string
  /** IANA name of the account's time zone: the dates in segment conditions begin in it. */
  readonly timezone: string
}

/** Builds the Klaviyo destination. It keeps no state: any number of them may share a key through one limiter's store. */
export function createKlaviyoDestination(options: KlaviyoOptions): Destination {
  const prefix = options.prefix ?? ''
  if (!/^[a-z0-9_]*$/.test(prefix)) {
    throw new ConfigError('the prefix of profile properties cannot be used', [
      { path: 'profiles.prefix', message: 'expected lower-case letters, digits and _' },
    ])
  }
  const client = createKlaviyoClient(options)
  return {
    name: 'klaviyo',
    campaigns: createCampaigns(client),
    batchLimits: BATCH_LIMITS,
    segmentQuota: { createsPerDay: SEGMENT_WRITES_PER_DAY, updatesPerDay: SEGMENT_WRITES_PER_DAY },
    sizeOf: sizeOfProfile,
    pushProfile: (update, signal) => pushProfile(client, update, signal),
    startImport: (updates, signal) => startImport(client, updates, signal, options.logger),
    fetchImport: (importId, signal) => fetchImport(client, importId, signal),
    readImportRefusals: (importId, signal) => readImportRefusals(client, importId, signal),
    findProfiles: (emails, signal) => findProfiles(client, emails, signal),
    fetchProfiles: (emails, signal) => fetchProfiles(client, emails, signal),
    deleteProfile: (email, signal) => deleteProfile(client, email, signal),
    toDefinition: (spec) => toDefinition(spec, { prefix, timezone: options.timezone }),
    sameDefinition,
    fetchSegments: (wanted, signal) => fetchSegments(client, wanted, signal),
    createSegment: (name, definition, signal) => createSegment(client, name, definition, signal),
    updateSegment: (id, change, signal) => updateSegment(client, id, change, signal),
    deleteSegment: (id, signal) => deleteSegment(client, id, signal),
    tagSegments: (ids, signal) => putTag(client, 'segment', ids, signal),
    fetchSegmentSize: (id, signal) => fetchSegmentSize(client, id, signal),
    fetchFlowTriggers: (id, signal) => fetchFlowTriggers(client, id, signal),
    hasOwnFigures: async (signal) => (await samplePredictions(client, signal)).filled > 0,
    check: (expected, signal) => check(client, expected, signal),
    async fetchAccount(signal) {
      const { id, currency, timezone } = await fetchAccount(client, signal)
      return { id, currency, timezone }
    },
  }
}
