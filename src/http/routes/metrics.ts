import { z } from 'zod'
import type { HttpApplication } from '../application.ts'
import type { HttpApp } from '../type-provider.ts'

/** Prometheus' text format. With the token: accounts and volumes are the shop's business. */
export function addMetricRoutes(app: HttpApp, application: HttpApplication): void {
  app.get(
    '/metrics',
    {
      config: { mediaType: 'text/plain' },
      schema: {
        operationId: 'metrics',
        summary: 'Numbers for Prometheus',
        produces: ['text/plain'],
        response: { 200: z.string().describe('Prometheus text, version 0.0.4.') },
      },
    },
    async (_request, reply) => {
      const text = await application.metrics()
      return reply.header('content-type', 'text/plain; version=0.0.4; charset=utf-8').send(text)
    },
  )
}
