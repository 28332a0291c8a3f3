import type { AccountSettings } from '../core/account.ts'
import type { PendingErasureStore } from '../core/customers/customer-store.ts'
import type { Destination } from '../core/destination.ts'
import { throwIfAborted } from '../core/errors.ts'
import { ABSENT, type ProfileUpdate, type PropertyValue } from '../core/profiles/profile.ts'
import { profilePropertyNames, toProfileProperties } from '../core/profiles/profile-properties.ts'
import type { PendingProfile, ProfileStateStore } from '../core/profiles/profile-state-store.ts'
import { type PreparedImport, pollImport, postImport, prepareBatch } from './push-batch.ts'
import type { PushCounts, Tally } from './push-counts.ts'
import { pushErasures } from './push-erasures.ts'
import { pushSingly } from './push-singly.ts'
import type { OnProgress } from './services.ts'

/** Finished, or waiting for imports: come back after `delayMs`. */
export type PushStep = { readonly counts: PushCounts } & (
  | { readonly done: true }
  | { readonly done: false; readonly delayMs: number }
)

/** So few changes go one by one: an import job is meant for many, and takes longer to be confirmed. */
const SINGLES = 10

/** Who has no profile in Klaviyo is looked for again after a day. */
const RECHECK_MS = 86_400_000

interface PushParts {
  readonly settings: AccountSettings
  readonly destination: Destination
  readonly profiles: ProfileStateStore
  readonly erasures: PendingErasureStore
}

interface PushWishes {
  readonly counts: PushCounts
  readonly now: () => Date
  /** Look for customers without a profile now, not only once a day. */
  readonly recheckAbsent: boolean
  readonly onProgress: OnProgress
  /** Awaited after every profile or batch, and after every import that has ended. */
  readonly onCounts: (counts: PushCounts) => Promise<void>
  readonly signal: AbortSignal
}

/** One push under way, as its parts share it. */
export interface Push extends PushParts {
  readonly tally: Tally
  readonly now: () => Date
  readonly signal: AbortSignal
  toUpdate(profile: PendingProfile): ProfileUpdate
  report(): Promise<void>
}

/**
 * Brings pending profiles to the destination: looks after open imports, posts new ones, and never waits for them: it
 * says when to come back. A profile is in one import at a time, so no older value ever overtakes a newer one.
 */
export async function pushProfiles(parts: PushParts, wishes: PushWishes): Promise<PushStep> {
  const { settings, profiles } = parts
  const { now, signal } = wishes
  const creates = settings.profiles.mode === 'create'
  const recheckAfterMs = creates || wishes.recheckAbsent ? 0 : RECHECK_MS
  await profiles.retryRefused({ code: ABSENT, before: new Date(now().getTime() - recheckAfterMs) })
  const push = startPush(parts, wishes, await profiles.rememberProperties(profilePropertyNames(settings)))

  for (const open of await profiles.loadOpenImports()) {
    throwIfAborted(signal, 'pushing profiles')
    const { importId } = open
    if (open.remoteId === null) {
      await postImport(push, { importId, prepared: await profiles.loadImportProfiles(importId) })
    } else if (open.nextPollAt === null || open.nextPollAt <= now()) await pollImport(push, open, open.remoteId)
    await push.report()
  }
  await pushPending(push)
  const waits = (await profiles.loadOpenImports()).map((open) => (open.nextPollAt ?? now()).getTime() - now().getTime())
  if (waits.length === 0) await pushErasures(push)
  const counts = { ...push.tally }
  return waits.length === 0
    ? { done: true, counts }
    : { done: false, counts, delayMs: Math.max(50, Math.min(...waits)) }
}

/** Pushes until nothing is pending. One import is prepared while the one before is being posted. */
async function pushPending(push: Push): Promise<void> {
  const { profiles, destination, signal } = push
  let mostItems = destination.batchLimits.maxItems
  let posting: Promise<void> = Promise.resolve()

  async function post(batch: PreparedImport): Promise<void> {
    if ((await postImport(push, batch)) === 'too large') mostItems = Math.ceil(batch.prepared.length / 2)
    await push.report()
  }

  try {
    for (;;) {
      throwIfAborted(signal, 'pushing profiles')
      const pending = await profiles.loadPending(mostItems)
      const batch = pending.length > SINGLES ? await prepareBatch(push, pending) : null
      await posting
      if (batch !== null) {
        posting = post(batch)
        // Awaited before the next is posted, or below; until then a failure must not count as unhandled.
        posting.catch(() => undefined)
      } else if (pending.length > 0) await pushSingly(push, pending)
      else if ((await profiles.loadPending(1)).length === 0) return
    }
  } finally {
    await posting
  }
}

function startPush(parts: PushParts, wishes: PushWishes, everWritten: readonly string[]): Push {
  const { onProgress, onCounts, now, signal } = wishes
  const tally: Tally = { ...wishes.counts }
  // What we may have written before and no longer want is cleared.
  const cleared: Record<string, PropertyValue | null> = Object.fromEntries(everWritten.map((name) => [name, null]))
  return {
    ...parts,
    tally,
    now,
    signal,
    toUpdate: ({ email, aggregate }) => ({
      email,
      properties: { ...cleared, ...toProfileProperties(aggregate, parts.settings) },
    }),
    async report() {
      onProgress({ step: 'pushing profiles', done: tally.confirmed + tally.refused, unit: 'profiles' })
      await onCounts({ ...tally })
    },
  }
}
