import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseFaultRule } from './faults.ts'
import type { RequestBody } from './request-body.ts'
import type { RequestLog } from './request-log.ts'
import type { SandboxState } from './state.ts'
import type { World } from './world.ts'

const Seeds = z.object({
  profiles: z.array(
    z.object({
      email: z.string(),
      properties: z.record(z.string(), z.unknown()).optional(),
      predictive: z.record(z.string(), z.union([z.number(), z.string()])).optional(),
    }),
  ),
})
const Lost = z.object({ segment: z.string() })
const FlowSeed = z.object({ segment: z.string(), name: z.string(), status: z.string().optional() })

/**
 * What Klaviyo has not got: `/sandbox/…`, without authentication, so that a test or a person can disturb and look at
 * a sandbox in another process. Plain JSON; mistakes are 400 with a sentence.
 */
export function addControlRoutes(app: FastifyInstance, world: World, log: RequestLog, state: SandboxState): void {
  app.get('/sandbox/state', () => state.summary())
  app.get('/sandbox/requests', () => log.list())
  app.get('/sandbox/faults', () => world.faults.list())
  app.delete('/sandbox/faults', (_request, reply) => {
    world.faults.clear()
    return reply.code(204).send()
  })
  app.post('/sandbox/faults', (request, reply) => {
    const rule = parseFaultRule(jsonOf(request.body))
    if (typeof rule === 'string') return reply.code(400).send({ error: rule })
    world.faults.add(rule)
    return reply.code(201).send(rule)
  })
  app.post('/sandbox/profiles', (request, reply) => {
    const seeds = Seeds.safeParse(jsonOf(request.body))
    if (!seeds.success) return reply.code(400).send({ error: z.prettifyError(seeds.error) })
    state.seedProfiles(seeds.data.profiles)
    return reply.code(201).send({ profiles: world.profiles.all.length })
  })
  app.post('/sandbox/lost-members', (request, reply) => {
    const lost = Lost.safeParse(jsonOf(request.body))
    if (!lost.success) return reply.code(400).send({ error: z.prettifyError(lost.error) })
    return state.loseMembers(lost.data.segment)
      ? reply.code(204).send()
      : reply.code(404).send({ error: 'no such segment' })
  })
  app.post('/sandbox/flows', (request, reply) => {
    const seed = FlowSeed.safeParse(jsonOf(request.body))
    if (!seed.success) return reply.code(400).send({ error: z.prettifyError(seed.error) })
    const id = state.attachFlow(seed.data.segment, seed.data)
    return id === null ? reply.code(404).send({ error: 'no such segment' }) : reply.code(201).send({ id })
  })
}

function jsonOf(body: unknown): unknown {
  const read = body as RequestBody | undefined
  return read?.kind === 'json' ? read.value : undefined
}
