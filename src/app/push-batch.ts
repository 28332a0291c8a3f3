import { normalizeEmail } from '../core/customers/email.ts'
import { ContractError, RemoteRejectedError } from '../core/errors.ts'
import { splitBatches } from '../core/profiles/batch.ts'
import type { ProfileRefusal } from '../core/profiles/profile.ts'
import type { OpenImport, PendingProfile } from '../core/profiles/profile-state-store.ts'
import { leaveAbsent } from './leave-absent.ts'
import type { Push } from './push-profiles.ts'

/** An import that Klaviyo keeps cancelling or forgetting is a fault to be told, not to be repeated for ever. */
const MAX_ABANDONED = 5

/** Five polls reach 100 seconds after the post, then one a minute. */
const POLL_DELAYS_MS = [500, 2_000, 8_000, 30_000]
const LATER_POLL_DELAY_MS = 60_000

type NamedRefusal = ProfileRefusal & { readonly email: string }

/** An import whose profiles are in flight, but not yet sent. */
export interface PreparedImport {
  readonly importId: number
  readonly prepared: readonly PendingProfile[]
}

/** Prepares the first batch of these profiles that keeps the destination's limits. */
export async function prepareBatch(push: Push, pending: readonly PendingProfile[]): Promise<PreparedImport> {
  const { destination, profiles } = push
  const sizeOf = (profile: PendingProfile) => destination.sizeOf(push.toUpdate(profile))
  const [prepared = []] = splitBatches(pending, sizeOf, destination.batchLimits)
  return { importId: await profiles.prepareImport(prepared), prepared }
}

/**
 * Posts a prepared import. Killed between posting and recording, the same content is posted again. @returns whether it
 * fitted.
 */
export async function postImport(push: Push, { importId, prepared }: PreparedImport): Promise<'posted' | 'too large'> {
  const { destination, profiles, tally } = push
  if (tally.abandoned >= MAX_ABANDONED) {
    await profiles.abandonImport(importId, [])
    throw new ContractError(`Klaviyo accepted ${tally.abandoned} import jobs and did not carry them out`)
  }
  const known = await leaveAbsent(push, prepared, (refusals) => profiles.refuse(importId, refusals))
  try {
    const started = await destination.startImport(known.map(push.toUpdate), push.signal)
    const refused = nameAll(started.refused, known)
    await profiles.refuse(importId, refused)
    tally.refused += refused.length
    if (started.importId !== null) {
      tally.imports += 1
      await profiles.markPosted(importId, started.importId, pollAt(push, 0))
    } else if (started.unsent > 0) await profiles.abandonImport(importId, [])
    else await profiles.completeImport(importId, [])
    return 'posted'
  } catch (error) {
    // What was refused as a whole is in no job: its profiles are pending again.
    if (!(error instanceof RemoteRejectedError)) throw error
    await profiles.abandonImport(importId, [])
    if (error.status !== 413 || known.length < 2) throw error
    return 'too large'
  }
}

/**
 * Looks after an import under way. When it is complete, its refusals are read to the last page before any is noted:
 * positions in them count the rows of the job, which are those of the import only while none was taken out.
 */
export async function pollImport(push: Push, open: OpenImport, remoteId: string): Promise<void> {
  const { destination, profiles, tally } = push
  const status = await destination.fetchImport(remoteId, push.signal)
  if (status.state === 'queued' || status.state === 'processing') {
    await profiles.markPolled(open.importId, pollAt(push, open.polls + 1))
    return
  }
  if (status.state !== 'complete') {
    await profiles.abandonImport(open.importId, [])
    tally.abandoned += 1
    return
  }
  const refusals: ProfileRefusal[] = []
  for await (const page of destination.readImportRefusals(remoteId, push.signal)) refusals.push(...page)
  const sent = refusals.length === 0 ? [] : await profiles.loadImportProfiles(open.importId)
  const named = nameAll(refusals, sent)
  tally.refused += named.length
  if (named.length === Math.max(refusals.length, status.failed)) {
    tally.confirmed += await profiles.completeImport(open.importId, named)
    return
  }
  // Somebody failed and nobody says who: confirming the rest would lose them.
  await profiles.abandonImport(open.importId, named)
  tally.abandoned += 1
}

/** Refusals with the address they speak of, each once; those that name none of `sent` are left out. */
function nameAll(refusals: readonly ProfileRefusal[], sent: readonly PendingProfile[]): NamedRefusal[] {
  const known = new Set(sent.map((profile) => profile.email))
  const named = new Map<string, NamedRefusal>()
  for (const refusal of refusals) {
    const told = refusal.email === undefined ? undefined : normalizeEmail(refusal.email)
    const email = told !== undefined && known.has(told) ? told : sent[refusal.index ?? -1]?.email
    if (email !== undefined && !named.has(email)) named.set(email, { ...refusal, email })
  }
  return [...named.values()]
}

function pollAt({ now }: Push, polls: number): Date {
  return new Date(now().getTime() + (POLL_DELAYS_MS[polls] ?? LATER_POLL_DELAY_MS))
}
