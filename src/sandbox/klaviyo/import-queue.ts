import { randomInt } from 'node:crypto'
import type { Clock } from './clock.ts'
import type { Fault } from './faults.ts'
import { JOB_LIFE_MS } from './limits.ts'
import type { Settings } from './options.ts'
import type { ProfileResource } from './profile-checks.ts'
import type { ProfileStore } from './profile-store.ts'
import { findTarget, writeProfile } from './profile-write.ts'
import { randomId } from './random-id.ts'

/** A row that failed while its job was processed. */
export interface ImportError {
  readonly id: string
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly pointer: string
  readonly payload: ProfileResource
}

/** A row of a job with its place in the request. */
export interface ImportRow {
  readonly index: number
  readonly resource: ProfileResource
}

/** A bulk import and how far it is. Instants in milliseconds. */
export interface ImportJob {
  readonly id: string
  status: 'queued' | 'processing' | 'complete' | 'cancelled'
  readonly total: number
  completed: number
  readonly createdAtMs: number
  startedAtMs: number | null
  completedAtMs: number | null
  expiresAtMs: number
  readonly errors: ImportError[]
  /** Sequence numbers of the profiles it wrote. */
  readonly sequences: number[]
}

/** All import jobs that have not expired. */
export interface ImportQueue {
  /** Takes checked rows; they are written later, a slice at a time. Later rows of the same address are dropped. */
  add(rows: readonly ImportRow[], fault: Fault | null): ImportJob
  get(id: string): ImportJob | undefined
  expire(job: ImportJob): void
  /** In the order of their arrival. */
  list(): readonly ImportJob[]
}

/** What the queue needs from the account. */
export interface ImportContext {
  readonly settings: Settings
  readonly clock: Clock
  readonly profiles: ProfileStore
  changed(sequence: number): void
}

const SLICE_ROWS = 1_000

/** An empty queue. Jobs do not wait for each other, so a small one overtakes a large one, as at Klaviyo. */
export function createImportQueue(context: ImportContext): ImportQueue {
  const { settings, clock, profiles } = context
  const jobs = new Map<string, ImportJob>()

  function work(job: ImportJob, rows: readonly ImportRow[], from: number, fault: Fault | null): void {
    const stopAt = fault?.kind === 'cancelled' ? Math.floor(rows.length / 2) : rows.length
    const to = Math.min(from + SLICE_ROWS, stopAt)
    for (const row of rows.slice(from, to)) writeRow(job, row, fault)
    if (to < stopAt) {
      clock.after(toDelayMs(SLICE_ROWS), () => work(job, rows, to, fault))
      return
    }
    job.status = fault?.kind === 'cancelled' ? 'cancelled' : 'complete'
    job.completedAtMs = clock.now()
  }

  function writeRow(job: ImportJob, row: ImportRow, fault: Fault | null): void {
    if (failsOnPurpose(row, fault)) {
      job.errors.push(toError(row, 'invalid', 'The profile could not be imported.', '/attributes/email'))
      return
    }
    const target = findTarget(profiles, row.resource)
    if (target.kind === 'unknown-id') {
      job.errors.push(toError(row, 'not_found', 'A profile with this id does not exist.', '/id'))
    } else if (target.kind === 'conflict') {
      const detail = 'A profile already exists with one of these identifiers.'
      job.errors.push(toError(row, 'duplicate_profile', detail, '/attributes'))
    } else {
      const nowMs = clock.now()
      const profile = target.kind === 'existing' ? target.profile : profiles.create(nowMs)
      writeProfile(profiles, profile, row.resource, settings.bulkNulls, nowMs)
      job.sequences.push(profile.sequence)
      job.completed++
      context.changed(profile.sequence)
    }
  }

  function toDelayMs(rows: number): number {
    return Math.ceil((rows / settings.importRowsPerSecond) * 1000)
  }

  return {
    add(given, fault) {
      const rows = withoutRepeats(given)
      const nowMs = clock.now()
      const job: ImportJob = {
        id: toJobId(settings.account.id, nowMs),
        status: 'queued',
        total: rows.length,
        completed: 0,
        createdAtMs: nowMs,
        startedAtMs: null,
        completedAtMs: null,
        expiresAtMs: fault?.kind === 'expired' ? nowMs : nowMs + JOB_LIFE_MS,
        errors: [],
        sequences: [],
      }
      jobs.set(job.id, job)
      clock.after(settings.importQueueDelayMs, () => {
        job.status = 'processing'
        job.startedAtMs = clock.now()
        clock.after(toDelayMs(Math.min(rows.length, SLICE_ROWS)), () => work(job, rows, 0, fault))
      })
      return job
    },
    get(id) {
      const job = jobs.get(id)
      return job === undefined || job.expiresAtMs <= clock.now() ? undefined : job
    },
    expire(job) {
      job.expiresAtMs = clock.now()
    },
    list: () => [...jobs.values()].filter((job) => job.expiresAtMs > clock.now()),
  }
}

function withoutRepeats(rows: readonly ImportRow[]): readonly ImportRow[] {
  const seen = new Set<string>()
  return rows.filter(({ resource }) => {
    const email = resource.attributes.email?.toLowerCase()
    if (email === undefined) return true
    if (seen.has(email)) return false
    seen.add(email)
    return true
  })
}

function failsOnPurpose({ index, resource }: ImportRow, fault: Fault | null): boolean {
  if (fault?.kind !== 'row-error') return false
  if (fault.emailContains !== undefined) return resource.attributes.email?.includes(fault.emailContains) === true
  return index < (fault.rows ?? 1)
}

function toError(row: ImportRow, code: string, detail: string, place: string): ImportError {
  const pointer = `/data/attributes/profiles/data/${row.index}${place}`
  return { id: randomId(12), code, title: 'Invalid input.', detail, pointer, payload: row.resource }
}

/** Recorded ids are base64url of account, queue and second. */
function toJobId(account: string, nowMs: number): string {
  const text = `${account}_maintenance.${randomId(6)}.${Math.floor(nowMs / 1000)}.${randomInt(1e9)}`
  return Buffer.from(text).toString('base64url')
}
