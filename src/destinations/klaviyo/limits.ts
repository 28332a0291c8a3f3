import type { VendorRate } from '../../lib/rate-windows.ts'

/** One operation of Klaviyo's API, as its OpenAPI document of revision 2026-07-15 has it. */
export interface Operation {
  /** Part of the rate limiter's key. */
  readonly name: string
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** `{id}` is filled in by the client. */
  readonly path: string
  readonly rate: VendorRate
  readonly scopes: readonly string[]
  /** For messages: `creating a Klaviyo segment`. */
  readonly what: string
  /** Set when the rate is the one Klaviyo applies with this `additional-fields` value. */
  readonly additionalField?: string
}

/** The dated version of the API that every request names. */
export const REVISION = '2026-07-15'

/** An import job's limits are 10,000 profiles and 5 MB; half a megabyte is left for the envelope and for doubt about "MB". */
export const BATCH_LIMITS = { maxItems: 10_000, maxBytes: 4_500_000 } as const
/** One profile's limit, in an import job as alone: 100 KB, read as the smaller of its meanings. */
export const MAX_PROFILE_BYTES = 100_000
/** Values in one `any(…)` filter that integrators are known to use. */
export const MAX_FILTER_VALUES = 100
/** Characters of an encoded `any(…)` list; keeps a URL below the 8 KB that servers commonly read. */
export const MAX_FILTER_CHARACTERS = 6_000
/** Ids in one request that puts a tag on segments, or on campaigns. */
export const MAX_TAGGED_AT_ONCE = 100
/** Klaviyo's help centre, article 115005062847. */
export const MAX_SEGMENT_CONDITIONS = 100

const XS = { perSecond: 1, perMinute: 15 }
const S = { perSecond: 3, perMinute: 60 }
const M = { perSecond: 10, perMinute: 150 }
const L = { perSecond: 75, perMinute: 750 }

/** Allowance for creating and for updating segments; whether the two share one is not documented. */
export const SEGMENT_WRITES_PER_DAY = 100

/** Every operation we call: where it is, how often it may be called, and what the key must allow. */
export const OPERATIONS = {
  fetchAccount: get('fetchAccount', '/api/accounts', XS, ['accounts:read'], 'asking for the Klaviyo account'),
  listMetrics: get('listMetrics', '/api/metrics', M, ['metrics:read'], 'listing Klaviyo metrics'),
  listMappedMetrics: get(
    'listMappedMetrics',
    '/api/mapped-metrics',
    S,
    ['metrics:read'],
    'asking which metric Klaviyo takes for revenue',
  ),
  listFlows: get('listFlows', '/api/flows', S, ['flows:read'], 'listing Klaviyo flows'),

  findProfiles: get('findProfiles', '/api/profiles', L, ['profiles:read'], 'looking up Klaviyo profiles'),
  samplePredictions: {
    ...get(
      'samplePredictions',
      '/api/profiles',
      M,
      ['profiles:read'],
      'looking for average order values of Klaviyo’s own',
    ),
    additionalField: 'predictive_analytics',
  },
  pushProfile: post('pushProfile', '/api/profile-import', L, ['profiles:write'], 'pushing a profile to Klaviyo'),
  deleteProfile: post(
    'deleteProfile',
    '/api/data-privacy-deletion-jobs',
    S,
    ['data-privacy:write'],
    'asking Klaviyo to delete a profile',
  ),

  startImport: post(
    'startImport',
    '/api/profile-bulk-import-jobs',
    M,
    ['lists:write', 'profiles:write'],
    'starting a Klaviyo import job',
  ),
  listImports: get(
    'listImports',
    '/api/profile-bulk-import-jobs',
    M,
    ['lists:read', 'profiles:read'],
    'listing Klaviyo import jobs',
  ),
  fetchImport: get(
    'fetchImport',
    '/api/profile-bulk-import-jobs/{id}',
    M,
    ['lists:read', 'profiles:read'],
    'asking after a Klaviyo import job',
  ),
  listImportErrors: get(
    'listImportErrors',
    '/api/profile-bulk-import-jobs/{id}/import-errors',
    M,
    ['profiles:read'],
    'reading the errors of a Klaviyo import job',
  ),

  listSegments: get('listSegments', '/api/segments', L, ['segments:read'], 'reading Klaviyo segments'),
  countMembers: {
    ...get('countMembers', '/api/segments/{id}', XS, ['segments:read'], 'counting the members of a Klaviyo segment'),
    additionalField: 'profile_count',
  },
  listFlowTriggers: get(
    'listFlowTriggers',
    '/api/segments/{id}/flow-triggers',
    S,
    ['flows:read', 'segments:read'],
    'asking which flows start from a Klaviyo segment',
  ),
  createSegment: post(
    'createSegment',
    '/api/segments',
    { ...XS, perDay: SEGMENT_WRITES_PER_DAY },
    ['segments:write'],
    'creating a Klaviyo segment',
  ),
  updateSegment: {
    name: 'updateSegment',
    method: 'PATCH',
    path: '/api/segments/{id}',
    rate: { ...XS, perDay: SEGMENT_WRITES_PER_DAY },
    scopes: ['segments:write'],
    what: 'updating a Klaviyo segment',
  },
  deleteSegment: {
    name: 'deleteSegment',
    method: 'DELETE',
    path: '/api/segments/{id}',
    rate: S,
    scopes: ['segments:write'],
    what: 'deleting a Klaviyo segment',
  },

  listTags: get('listTags', '/api/tags', S, ['tags:read'], 'looking for our Klaviyo tag'),
  createTag: post('createTag', '/api/tags', S, ['tags:read', 'tags:write'], 'creating our Klaviyo tag'),
  listTaggedSegments: get(
    'listTaggedSegments',
    '/api/tags/{id}/relationships/segments',
    S,
    ['segments:read', 'tags:read'],
    'reading which Klaviyo segments carry our tag',
  ),
  tagSegments: post(
    'tagSegments',
    '/api/tags/{id}/relationships/segments',
    S,
    ['segments:write', 'tags:write'],
    'putting our tag on Klaviyo segments',
  ),

  // Nothing that sends or schedules a campaign belongs here.
  listTemplates: get('listTemplates', '/api/templates', L, ['templates:read'], 'looking for our Klaviyo template'),
  createTemplate: post('createTemplate', '/api/templates', L, ['templates:write'], 'creating a Klaviyo template'),
  listCampaigns: get('listCampaigns', '/api/campaigns', M, ['campaigns:read'], 'looking for our Klaviyo campaigns'),
  createCampaign: post(
    'createCampaign',
    '/api/campaigns',
    M,
    ['campaigns:write'],
    'creating the draft of a Klaviyo campaign',
  ),
  listMessages: get(
    'listMessages',
    '/api/campaigns/{id}/campaign-messages',
    M,
    ['campaigns:read'],
    'reading the message of a Klaviyo campaign',
  ),
  assignTemplate: post(
    'assignTemplate',
    '/api/campaign-message-assign-template',
    M,
    ['campaigns:write'],
    'giving a Klaviyo campaign its template',
  ),
  listTaggedCampaigns: get(
    'listTaggedCampaigns',
    '/api/tags/{id}/relationships/campaigns',
    S,
    ['campaigns:read', 'tags:read'],
    'reading which Klaviyo campaigns carry our tag',
  ),
  tagCampaigns: post(
    'tagCampaigns',
    '/api/tags/{id}/relationships/campaigns',
    S,
    ['campaigns:write', 'tags:write'],
    'putting our tag on a Klaviyo campaign',
  ),
} as const satisfies Record<string, Operation>

function get(name: string, path: string, rate: VendorRate, scopes: readonly string[], what: string): Operation {
  return { name, method: 'GET', path, rate, scopes, what }
}

function post(name: string, path: string, rate: VendorRate, scopes: readonly string[], what: string): Operation {
  return { name, method: 'POST', path, rate, scopes, what }
}
