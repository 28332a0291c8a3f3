import type { PendingProfile, ProfileStateStore } from '../../src/core/profiles/profile-state-store.ts'

/** How an import ends at the destination. */
type ImportFate = 'complete' | 'last refused' | 'cancelled midway' | 'cancelled at once'

const IN_A_WHILE = new Date('2026-06-15T12:00:00Z')

/** A destination that really takes contents, and a pusher that can be killed between any two of its steps. */
export interface PushedProfiles {
  /** What each address holds: a fingerprint; absent: nothing was ever sent. */
  readonly held: ReadonlyMap<string, string>
  /** Addresses whose present content was refused. */
  readonly refused: ReadonlyMap<string, string>
  /** Prepares an import of up to `limit` profiles, and posts it unless the process dies before. */
  start(limit: number, death: 'never' | 'before posting' | 'before recording'): Promise<readonly PendingProfile[]>
  /** Posts what was prepared and, as far as is known, never posted. */
  resume(): Promise<void>
  finish(fate: ImportFate): Promise<void>
  /** Sends one profile alone. `lost`: it is taken, and the process dies before it knows. */
  pushOne(answer: 'accepted' | 'refused' | 'lost'): Promise<void>
}

/** Drives `states` as `app/push-profiles` does. */
export function createPushedProfiles(states: ProfileStateStore): PushedProfiles {
  const held = new Map<string, string>()
  const refused = new Map<string, string>()
  const posted = new Map<number, readonly PendingProfile[]>()
  const take = (profile: PendingProfile) => held.set(profile.email, profile.desired)

  async function post(importId: number, profiles: readonly PendingProfile[]): Promise<void> {
    posted.set(importId, profiles)
    await states.markPosted(importId, `remote-${importId}`, IN_A_WHILE)
  }

  async function finishOne(importId: number, fate: ImportFate): Promise<void> {
    const sent = posted.get(importId) ?? []
    posted.delete(importId)
    if (fate === 'cancelled at once' || fate === 'cancelled midway') {
      if (fate === 'cancelled midway') sent.slice(0, Math.ceil(sent.length / 2)).forEach(take)
      await states.abandonImport(importId, [])
      return
    }
    const last = fate === 'last refused' ? sent.at(-1) : undefined
    for (const profile of sent) if (profile !== last) take(profile)
    if (last !== undefined) {
      refused.set(last.email, last.desired)
      await states.refuse(importId, [{ email: last.email, index: null, code: 'invalid', reason: 'is not liked' }])
    }
    await states.completeImport(importId, [])
  }

  return {
    held,
    refused,
    async start(limit, death) {
      const pending = await states.loadPending(limit)
      if (pending.length === 0) return pending
      const importId = await states.prepareImport(pending)
      if (death === 'before recording') pending.forEach(take)
      if (death === 'never') await post(importId, pending)
      return pending
    },
    async resume() {
      for (const open of await states.loadOpenImports()) {
        if (open.remoteId === null) await post(open.importId, await states.loadImportProfiles(open.importId))
      }
    },
    async finish(fate) {
      for (const importId of [...posted.keys()]) await finishOne(importId, fate)
    },
    async pushOne(answer) {
      const [profile] = await states.loadPending(1)
      if (profile === undefined) return
      await states.markSending([profile])
      if (answer !== 'refused') {
        take(profile)
        if (answer === 'accepted') await states.confirmProfile(profile.email, profile.desired)
      } else {
        refused.set(profile.email, profile.desired)
        await states.refuseProfile(profile.email, profile.desired, { code: 'invalid', reason: 'is not liked' })
      }
    },
  }
}
