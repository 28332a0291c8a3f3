import { sendProblem } from './problem.ts'
import type { HttpApp } from './type-provider.ts'

/** Once the server is closing: requests under way are answered, what still comes is refused, connections end. */
export function addStopping(app: HttpApp): void {
  let stopping = false
  app.addHook('preClose', async () => {
    stopping = true
  })
  app.addHook('onRequest', async (_request, reply) => {
    if (stopping) return sendProblem(reply, 'E_ABORTED')
  })
  // A connection that stayed open after its last answer would hold up the end for as long as it may be idle.
  app.addHook('onSend', async (_request, reply) => {
    if (stopping) reply.header('connection', 'close')
  })
}
