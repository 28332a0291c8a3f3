import { type Answer, type Call, type Handler, pickFields, toRelationship } from './answer.ts'
import { toWireInstant } from './clock.ts'
import { type ApiError, invalid, notFound, refuse, tooLarge } from './errors.ts'
import type { ImportError, ImportJob, ImportRow } from './import-queue.ts'
import { MAX_PROFILE_BYTES, MAX_PROFILES_PER_JOB, type OperationId } from './limits.ts'
import { cutPage, type Listing, listPage } from './paging.ts'
import { isObject, isOversized, parseProfile } from './profile-checks.ts'
import { answerProfiles } from './profiles.ts'
import type { World } from './world.ts'

const PROFILES = '/data/attributes/profiles/data'
const LISTING: Listing<ImportJob> = {
  idOf: (job) => job.id,
  valueOf: (job, field) => (field === 'status' ? job.status : job.createdAtMs),
}

/** Bulk profile import: one request, many profiles, done later. */
export function createImportHandlers(world: World): Partial<Record<OperationId, Handler>> {
  const withJob = (call: Call, use: (job: ImportJob) => Answer): Answer => {
    const job = world.imports.get(call.params['id'] ?? '')
    if (job !== undefined && call.fault?.kind === 'expired') world.imports.expire(job)
    return job === undefined || call.fault?.kind === 'expired' ? refuse(notFound('Invalid job id')) : use(job)
  }
  const profilesOf = (job: ImportJob) =>
    job.sequences.flatMap((sequence) => world.profiles.all[sequence] ?? []).filter(({ deleted }) => !deleted)

  return {
    bulk_import_profiles(call) {
      const rows = readRows(call)
      if ('status' in rows) return rows
      const job = world.imports.add(rows, call.fault)
      return { status: 202, document: { data: toJobResource(job, call), links: { self: call.self } } }
    },
    get_bulk_import_profiles_jobs(call) {
      const page = listPage(world.imports.list(), call, LISTING)
      if ('status' in page) return page
      return { status: 200, document: { data: page.items.map((job) => toJobResource(job, call)), links: page.links } }
    },
    get_bulk_import_profiles_job: (call) =>
      withJob(call, (job) => {
        const included = call.query.include.length > 0 ? { included: [] } : {}
        return { status: 200, document: { data: toJobResource(job, call), ...included, links: { self: call.self } } }
      }),
    get_errors_for_bulk_import_profiles_job: (call) =>
      withJob(call, (job) => {
        const page = cutPage(job.errors, call, (error) => error.id)
        if ('status' in page) return page
        const data = page.items.map((error) => toErrorResource(error, call))
        return { status: 200, document: { data, links: page.links } }
      }),
    get_profiles_for_bulk_import_profiles_job: (call) =>
      withJob(call, (job) => answerProfiles(world, profilesOf(job), call, false)),
    get_profile_ids_for_bulk_import_profiles_job: (call) =>
      withJob(call, (job) => answerProfiles(world, profilesOf(job), call, true)),
  }
}

/** All or nothing: every mistake of every row is told, and nothing is imported. */
function readRows(call: Call): readonly ImportRow[] | Answer {
  const data = isObject(call.body) ? call.body['data'] : undefined
  if (!isObject(data) || data['type'] !== 'profile-bulk-import-job') {
    return refuse(invalid("The resource type must be 'profile-bulk-import-job'.", '/data/type'))
  }
  const attributes = data['attributes']
  const resources =
    isObject(attributes) && isObject(attributes['profiles']) ? attributes['profiles']['data'] : undefined
  if (!Array.isArray(resources)) return refuse(invalid('A list of profiles is required.', PROFILES))
  const wrong = [...unknownKeys(data, attributes), ...checkLists(data['relationships'])]
  if (resources.length === 0) wrong.push(invalid('At least one profile is required.', PROFILES))
  if (resources.length > MAX_PROFILES_PER_JOB) {
    wrong.push(invalid(`At most ${MAX_PROFILES_PER_JOB} profiles are allowed in one job.`, PROFILES))
  }
  if (wrong.length > 0) return refuse(...wrong)

  const rows: ImportRow[] = []
  const errors: ApiError[] = []
  const oversized: ApiError[] = []
  const maySizeMatter = call.bodyBytes > MAX_PROFILE_BYTES
  for (const [index, given] of resources.entries()) {
    const resource = parseProfile(given, { identifierNeeded: true, exchangeId: true })
    if (!('attributes' in resource)) {
      for (const error of resource) errors.push({ ...error, pointer: `${PROFILES}/${index}${error.pointer}` })
    } else if (maySizeMatter && isOversized(resource)) {
      oversized.push(tooLarge('The maximum allowed payload size per profile is 100KB.', `${PROFILES}/${index}`))
    } else rows.push({ index, resource })
  }
  if (errors.length > 0) return refuse(...errors)
  return oversized.length > 0 ? refuse(...oversized) : rows
}

function unknownKeys(data: Record<string, unknown>, attributes: unknown): ApiError[] {
  const inData = Object.keys(data).filter((name) => !['type', 'attributes', 'relationships'].includes(name))
  const inAttributes = Object.keys(attributes ?? {}).filter((name) => name !== 'profiles')
  const detail = (name: string) => `'${name}' is not a valid field for the resource 'profile-bulk-import-job'.`
  return [
    ...inData.map((name) => invalid(detail(name), `/data/${name}`)),
    ...inAttributes.map((name) => invalid(detail(name), `/data/attributes/${name}`)),
  ]
}

/** The sandbox has no lists, so every list id is an unknown one. */
function checkLists(relationships: unknown): ApiError[] {
  const lists = isObject(relationships) ? relationships['lists'] : undefined
  const data = isObject(lists) ? lists['data'] : undefined
  if (!Array.isArray(data)) return []
  return data.map(() => invalid('The list does not exist.', '/data'))
}

function toJobResource(job: ImportJob, call: Call): object {
  const attributes = {
    status: job.status,
    created_at: toWireInstant(job.createdAtMs),
    total_count: job.total,
    completed_count: job.completed,
    failed_count: job.errors.length,
    completed_at: job.completedAtMs === null ? null : toWireInstant(job.completedAtMs),
    expires_at: toWireInstant(job.expiresAtMs),
    started_at: job.startedAtMs === null ? null : toWireInstant(job.startedAtMs),
  }
  const self = `${call.origin}/api/profile-bulk-import-jobs/${job.id}/`
  const fields = call.query.fields['profile-bulk-import-job']
  const resource = {
    type: 'profile-bulk-import-job',
    id: job.id,
    attributes: pickFields(attributes, fields),
    links: { self },
  }
  if (fields !== undefined) return resource
  const relationships = {
    lists: toRelationship(call.origin, 'profile-bulk-import-jobs', job.id, 'lists', []),
    profiles: toRelationship(call.origin, 'profile-bulk-import-jobs', job.id, 'profiles'),
    'import-errors': { links: { related: `${self}import-errors/` } },
  }
  return { ...resource, relationships }
}

function toErrorResource(error: ImportError, call: Call): object {
  const attributes = {
    code: error.code,
    title: error.title,
    detail: error.detail,
    source: { pointer: error.pointer },
    original_payload: error.payload,
  }
  return {
    type: 'import-error',
    id: error.id,
    attributes: pickFields(attributes, call.query.fields['import-error']),
  }
}
