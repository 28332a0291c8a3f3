import { z } from 'zod'
import type { Readiness } from '../../app/application.ts'
import type { HttpApplication } from '../application.ts'
import { sendProblem } from '../problem.ts'
import type { HttpApp } from '../type-provider.ts'

const checksSchema = z.array(z.object({ name: z.string(), ok: z.boolean() }))

/** What orchestrators and load balancers ask, without a token. Names only: an address in a message is not theirs to know. */
export function addProbeRoutes(app: HttpApp, application: HttpApplication): void {
  app.get(
    '/healthz',
    {
      config: { public: true, probe: true },
      schema: {
        operationId: 'health',
        summary: 'Whether the process is alive',
        description: 'Asks nothing else: a database that is down is no reason to restart this process.',
        response: { 200: z.object({ status: z.literal('ok') }).describe('Alive.') },
      },
    },
    () => ({ status: 'ok' as const }),
  )

  const ask = shareRunning(() => application.readiness())
  app.get(
    '/readyz',
    {
      config: { public: true, probe: true },
      schema: {
        operationId: 'readiness',
        summary: 'Whether it can work',
        description: 'Really asks what it stands on: the database and the queue.',
        response: { 200: z.object({ ready: z.literal(true), checks: checksSchema }).describe('Everything answers.') },
        problems: ['E_NOT_READY', 'E_STORE', 'E_TIMEOUT', 'E_BUG'],
      },
    },
    async (request, reply) => {
      const { ready, checks } = await ask()
      if (ready) return { ready, checks: checks.map(({ name, ok }) => ({ name, ok })) }
      request.log.warn({ checks: checks.filter(({ ok }) => !ok) }, 'not ready')
      return sendProblem(reply, 'E_NOT_READY', { checks: checks.map(({ name, ok }) => ({ name, ok })) })
    },
  )
}

/** Whoever asks while an answer is under way gets that one: probes without a limit must not become load. */
function shareRunning(ask: () => Promise<Readiness>): () => Promise<Readiness> {
  let running: Promise<Readiness> | null = null
  return () => {
    running ??= ask().finally(() => {
      running = null
    })
    return running
  }
}
