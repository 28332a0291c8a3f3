import type { ProblemCode } from './problem-kinds.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Anybody may ask. Absent: only who has the token. */
    public?: true
    /** Asked every few seconds by machines: never limited, hardly logged. */
    probe?: true
    /** Proves by a signature over its body who sends it: no token, and bursts are not limited. */
    signed?: true
    /** Media type of its answers, for `Accept`. Absent: JSON. */
    mediaType?: string
  }
  interface FastifySchema {
    /** Problems of its own; those that every route has are added. For the documentation. */
    problems?: readonly ProblemCode[]
  }
}
