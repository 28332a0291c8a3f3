import type { Answer, Call, Handler } from './answer.ts'
import { noSegment, refuse } from './errors.ts'
import type { OperationId } from './limits.ts'
import { type Listing, listPage } from './paging.ts'
import { toProfileResource } from './profile-document.ts'
import { lowerEmails, profileValue } from './profiles.ts'
import type { World } from './world.ts'

/** Who is in a segment, in the order of joining unless the call sorts otherwise. */
export function createMemberHandlers(world: World): Partial<Record<OperationId, Handler>> {
  const answerPage = (call: Call, idsOnly: boolean): Answer => {
    const segment = world.segments.get(call.params['id'] ?? '')
    if (segment === undefined) return refuse(noSegment(call.params['id']))
    const profileAt = (sequence: number) => world.profiles.all[sequence]
    const joinedAt = (sequence: number) => segment.members.get(sequence) ?? 0
    const listing: Listing<number> = {
      idOf: String,
      valueOf(sequence, field) {
        if (field === 'joined_group_at') return joinedAt(sequence)
        const profile = profileAt(sequence)
        return profile === undefined ? null : profileValue(world, profile, field)
      },
    }
    const page = listPage(world.segments.membersOf(segment), lowerEmails(call), listing)
    if ('status' in page) return page
    const data = page.items.flatMap((sequence) => {
      const profile = profileAt(sequence)
      if (profile === undefined) return []
      if (idsOnly) return [{ type: 'profile', id: world.profiles.idOf(profile) }]
      return [toProfileResource(world, profile, call, joinedAt(sequence))]
    })
    return { status: 200, document: { data, links: page.links } }
  }

  return {
    get_profiles_for_segment: (call) => answerPage(call, false),
    get_profile_ids_for_segment: (call) => answerPage(call, true),
  }
}
