import type { FastifyReply, FastifyRequest } from 'fastify'
import type { View } from '../../page/view.ts'
import type { Words } from '../../page/words/words.ts'
import type { PageDoor } from './door.ts'
import { voiceOf } from './voice.ts'

/** What was just done, as the address of the next page names it. */
const NOTICES = {
  queued: { text: ({ runs }: Words) => runs.queued, isProblem: false },
  'retry-busy': { text: ({ rejects }: Words) => rejects.busy, isProblem: true },
  'task-closed': { text: ({ rejects }: Words) => rejects.closed, isProblem: false },
  'task-not-open': { text: ({ rejects }: Words) => rejects.notOpen, isProblem: true },
  'task-unconfirmed': { text: ({ segments }: Words) => segments.confirmMissing, isProblem: true },
  'apply-busy': { text: ({ segments }: Words) => segments.busy, isProblem: true },
  'apply-changed': { text: ({ segments }: Words) => segments.changed, isProblem: true },
  'apply-unconfirmed': { text: ({ segments }: Words) => segments.confirmMissing, isProblem: true },
} as const
export type NoticeName = keyof typeof NOTICES

/** Parameters that a page keeps when its language or account changes. */
const KEPT = ['account', 'by', 'definition', 'period', 'low', 'high'] as const

/** The frame of a page for this request; null when it names an account that is not configured. */
export function viewOf(door: PageDoor, request: FastifyRequest, reply: FastifyReply, path: string): View | null {
  const query = request.query as Record<string, unknown>
  const { accounts } = door.application
  const account = query['account'] === undefined ? accounts[0] : accounts.find(({ key }) => key === query['account'])
  const session = request.pageSession
  if (account === undefined || session === null) return null
  const voice = voiceOf(request, reply, account)
  const name = isNotice(query['said']) ? query['said'] : null
  const notice = name === null ? null : { text: NOTICES[name].text(voice.words), isProblem: NOTICES[name].isProblem }
  return {
    ...voice,
    account,
    accounts,
    path,
    query: Object.fromEntries(
      KEPT.flatMap((key) => (typeof query[key] === 'string' ? [[key, query[key]] as const] : [])),
    ),
    formToken: door.sessions.formTokenOf(session),
    hasLogin: door.hasToken !== null,
    assets: door.assets.urls,
    notice,
  }
}

function isNotice(text: unknown): text is NoticeName {
  return typeof text === 'string' && Object.hasOwn(NOTICES, text)
}
