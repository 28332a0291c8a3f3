import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendProblem } from './problem.ts'
import type { HttpApp } from './type-provider.ts'

/** Answers 404, or 405 with `Allow` where the path exists for other methods. Call it before the routes are added. */
export function addUnknownRoutes(app: HttpApp): void {
  const routes: { readonly path: RegExp; readonly methods: readonly string[] }[] = []
  app.addHook('onRoute', ({ url, method }) => {
    const path = new RegExp(`^${url.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')}$`)
    routes.push({ path, methods: [method].flat() })
  })
  app.setNotFoundHandler((request: FastifyRequest, reply: FastifyReply) => {
    const path = request.url.split('?', 1)[0] ?? ''
    const methods = routes.filter((route) => route.path.test(path)).flatMap((route) => route.methods)
    if (methods.length === 0) return sendProblem(reply, 'E_NOT_FOUND')
    return sendProblem(reply.header('allow', [...new Set(methods)].join(', ')), 'E_METHOD_NOT_ALLOWED')
  })
}
