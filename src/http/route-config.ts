import type { PageSession } from './page/session.ts'
import type { ProblemCode } from './problem-kinds.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Anybody may ask. Absent: only who has the token, or for a page a session. */
    public?: true
    /** Asked every few seconds by machines: never limited, hardly logged. */
    probe?: true
    /** Proves by a signature over its body who sends it: no token, and bursts are not limited. */
    signed?: true
    /**
     * For people with a browser: answered to a session. `events`: a stream, which is told no instead of led to the login.
     * `asset`: a file of the page, of which one visit takes many; never counted.
     */
    page?: 'document' | 'events' | 'asset'
    /** Media type of its answers, for `Accept`. Absent: JSON. */
    mediaType?: string
  }
  interface FastifySchema {
    /** Problems of its own; those that every route has are added. For the documentation. */
    problems?: readonly ProblemCode[]
  }
  interface FastifyRequest {
    /** Of a person who has logged in to the page; null for programs and strangers. */
    pageSession: PageSession | null
  }
}
