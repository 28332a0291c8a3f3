import type { HttpApp } from './type-provider.ts'

/** The largest body, in bytes: the longest sensible one has some hundred. */
export const BODY_LIMIT = 16 * 1024

/** Reads JSON and nothing else. An empty body is an empty object, whatever type it claims. */
export function addJsonBody(app: HttpApp): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else parse(request, String(body), done)
  })
  app.addHook('preValidation', async (request) => {
    if (request.body === undefined) request.body = {}
  })
}
