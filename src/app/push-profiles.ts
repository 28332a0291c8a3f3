import type { AccountSettings } from '../core/account.ts'
import { splitBatches } from '../core/batch.ts'
import type { Destination } from '../core/destination.ts'
import { RemoteRejectedError, RemoteUnavailableError, throwIfAborted } from '../core/errors.ts'
import type { OpenImport, PendingProfile, ProfileStateStore } from '../core/ledger.ts'
import {
  ABSENT,
  type ImportStart,
  type ProfileRefusal,
  type ProfileUpdate,
  type PropertyValue,
} from '../core/profile.ts'
import { profilePropertyNames, toProfileProperties } from '../core/profile-properties.ts'
import type { OnProgress } from './services.ts'

/** What a push has done so far; kept with its job while it waits, so that the final count is of the whole. */
export interface PushCounts {
  readonly confirmed: number
  readonly refused: number
  /** Refusals that named no profile: the destination counts one as failed and we cannot tell which. */
  readonly unnamed: number
  /** Customers without a profile in Klaviyo, left alone by `profiles: update-existing`. */
  readonly absent: number
  readonly imports: number
  readonly abandoned: number
}

/** Finished, or waiting for imports: come back after `delayMs`. */
export type PushStep = { readonly counts: PushCounts } & (
  | { readonly done: true }
  | { readonly done: false; readonly delayMs: number }
)

/** Nothing done yet. */
export const NO_PUSHES: PushCounts = { confirmed: 0, refused: 0, unnamed: 0, absent: 0, imports: 0, abandoned: 0 }

/** So few changes go one by one: an import job is meant for many, and takes longer to be confirmed. */
const SINGLES = 10
/** An import that Klaviyo keeps cancelling or forgetting is a fault to be told, not to be repeated for ever. */
const MAX_ABANDONED = 5
/** Five polls reach 100 seconds after the post, then one a minute. */
const POLL_DELAYS_MS = [500, 2_000, 8_000, 30_000, 60_000]

interface Push {
  readonly settings: AccountSettings
  readonly destination: Destination
  readonly profiles: ProfileStateStore
}

interface PushWishes {
  readonly counts: PushCounts
  readonly now: () => Date
  /** Look for customers without a profile now, not only once a day. */
  readonly recheckAbsent: boolean
  readonly onProgress: OnProgress
  /** Awaited after every batch, and after every import that has ended. */
  readonly onCounts: (counts: PushCounts) => Promise<void>
  readonly signal: AbortSignal
}

/**
 * Brings pending profiles to the destination: looks after open imports, posts new ones, and never waits for them: it
 * says when to come back. A profile is in one import at a time, so no older value ever overtakes a newer one.
 */
export async function pushProfiles(
  push: Push,
  { counts: before, now, recheckAbsent, onProgress, onCounts, signal }: PushWishes,
): Promise<PushStep> {
  const counts = { ...before }
  let mostItems = push.destination.batchLimits.maxItems
  if (push.settings.profiles.mode === 'create') await push.profiles.retryRefused({ code: ABSENT, before: now() })
  else
    await push.profiles.retryRefused({ code: ABSENT, before: new Date(now().getTime() - (recheckAbsent ? 0 : DAY_MS)) })
  const names = await push.profiles.rememberProperties(profilePropertyNames(push.settings))
  const toUpdate = (profile: PendingProfile): ProfileUpdate => ({
    email: profile.email,
    properties: withCleared(names, toProfileProperties(profile.aggregate, push.settings)),
  })
  const report = async () => {
    onProgress({ step: 'pushing profiles', done: counts.confirmed + counts.refused, unit: 'profiles' })
    await onCounts(counts)
  }

  for (const open of await push.profiles.loadOpenImports()) {
    throwIfAborted(signal, 'pushing profiles')
    if (open.remoteId === null) await post(open.importId, await push.profiles.loadImportProfiles(open.importId))
    else if (open.nextPollAt === null || open.nextPollAt <= now()) await poll(open, open.remoteId)
    await report()
  }
  for (;;) {
    throwIfAborted(signal, 'pushing profiles')
    const pending = await push.profiles.loadPending(mostItems)
    if (pending.length === 0) break
    if (pending.length <= SINGLES) await pushSingly(pending)
    else await postBatch(pending)
    await report()
  }
  const waits = (await push.profiles.loadOpenImports()).map(
    (open) => (open.nextPollAt ?? now()).getTime() - now().getTime(),
  )
  return waits.length === 0
    ? { done: true, counts }
    : { done: false, counts, delayMs: Math.max(50, Math.min(...waits)) }

  async function postBatch(pending: readonly PendingProfile[]): Promise<void> {
    const { destination, profiles } = push
    const sized = pending.map((profile) => ({ profile, bytes: destination.sizeOf(toUpdate(profile)) }))
    const [batch = []] = splitBatches(sized, ({ bytes }) => bytes, destination.batchLimits)
    const chosen = batch.map(({ profile }) => profile)
    await post(await profiles.prepareImport(chosen), chosen)
  }

  /** Killed between posting and recording, the same content is posted again. */
  async function post(importId: number, profiles: readonly PendingProfile[]): Promise<void> {
    const known = await leaveAbsent(profiles, (refusals) => push.profiles.refuse(importId, refusals))
    const started = await push.destination
      .startImport(known.map(toUpdate), signal)
      .catch((error: unknown) => takeBack(importId, known.length, error))
    if (started === null) return
    const { importId: remoteId, refused } = started
    await refuse(importId, refused, known)
    if (remoteId === null) {
      await push.profiles.completeImport(importId)
      return
    }
    counts.imports += 1
    await push.profiles.markPosted(importId, remoteId, pollAt(0))
  }

  /** What was refused as a whole is in no job: its profiles are pending again, in smaller batches when it was too large. */
  async function takeBack(importId: number, size: number, error: unknown): Promise<ImportStart | null> {
    if (!(error instanceof RemoteRejectedError)) throw error
    await push.profiles.abandonImport(importId)
    if (error.status !== 413 || size <= 2 * SINGLES) throw error
    mostItems = Math.ceil(size / 2)
    return null
  }

  async function poll(open: OpenImport, remoteId: string): Promise<void> {
    const { destination, profiles } = push
    const status = await destination.fetchImport(remoteId, signal)
    if (status.state === 'queued' || status.state === 'processing') {
      await profiles.markPolled(open.importId, pollAt(open.polls + 1))
      return
    }
    if (status.state !== 'complete') {
      await profiles.abandonImport(open.importId)
      counts.abandoned += 1
      if (counts.abandoned >= MAX_ABANDONED) {
        throw new RemoteUnavailableError(
          `Klaviyo did not carry out ${counts.abandoned} import jobs (the last was ${status.state})`,
        )
      }
      return
    }
    const left = await profiles.loadImportProfiles(open.importId)
    // Killed while refusals were being noted, positions in what is left are no longer those in the job.
    const sent = status.total === 0 || status.total === left.length ? left : []
    for await (const page of destination.readImportRefusals(remoteId, signal)) await refuse(open.importId, page, sent)
    counts.confirmed += await profiles.completeImport(open.importId)
  }

  async function pushSingly(pending: readonly PendingProfile[]): Promise<void> {
    const { destination, profiles } = push
    const known = await leaveAbsent(pending, async (refusals) => {
      for (const refusal of refusals) await profiles.refuseProfile(refusal.email, refusal.desired, refusal)
    })
    for (const profile of known) {
      throwIfAborted(signal, 'pushing profiles')
      const refusal = await destination.pushProfile(toUpdate(profile), signal)
      if (refusal === null) await profiles.confirmProfile(profile.email, profile.desired)
      else await profiles.refuseProfile(profile.email, profile.desired, refusal)
      counts[refusal === null ? 'confirmed' : 'refused'] += 1
    }
  }

  /** `update-existing` creates nobody: who has no profile is put aside, and looked for again another day. */
  async function leaveAbsent(
    profiles: readonly PendingProfile[],
    putAside: (refusals: (ProfileRefusal & { email: string; desired: string })[]) => Promise<void>,
  ): Promise<readonly PendingProfile[]> {
    if (push.settings.profiles.mode === 'create') return profiles
    const found = await push.destination.findProfiles(
      profiles.map((profile) => profile.email),
      signal,
    )
    const absent = profiles.filter((profile) => !found.has(profile.email))
    counts.absent += absent.length
    await putAside(
      absent.map(({ email, desired }) => ({ email, desired, index: null, code: ABSENT, reason: NO_PROFILE })),
    )
    return profiles.filter((profile) => found.has(profile.email))
  }

  async function refuse(
    importId: number,
    refusals: readonly ProfileRefusal[],
    sent: readonly PendingProfile[],
  ): Promise<void> {
    const named = refusals.flatMap((refusal) => {
      const email = refusal.email ?? (refusal.index === null ? undefined : sent[refusal.index]?.email)
      return email === undefined ? [] : [{ ...refusal, email }]
    })
    await push.profiles.refuse(importId, named)
    counts.refused += named.length
    counts.unnamed += refusals.length - named.length
  }

  function pollAt(polls: number): Date {
    return new Date(now().getTime() + (POLL_DELAYS_MS[polls] ?? 60_000))
  }
}

const DAY_MS = 86_400_000

const NO_PROFILE = 'has no profile in Klaviyo yet, and `profiles: update-existing` creates none'

/** What we may have written before and no longer want is cleared. */
function withCleared(
  names: readonly string[],
  properties: Readonly<Record<string, PropertyValue | null>>,
): Record<string, PropertyValue | null> {
  return { ...Object.fromEntries(names.map((name) => [name, null])), ...properties }
}
