import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { ApiDocument } from '../docs/api-document.ts'
import { renderDocsPage } from '../docs/page.ts'
import { DOCS_STYLE } from '../docs/style.ts'
import { SECURITY_HEADERS } from '../security-headers.ts'
import type { HttpApp } from '../type-provider.ts'

/** The one style sheet is inside the page; its hash allows it, and nothing else. */
const STYLE_HASH = createHash('sha256').update(DOCS_STYLE).digest('base64')
const PAGE_POLICY = SECURITY_HEADERS['content-security-policy'].replace(
  "default-src 'none'",
  `default-src 'none'; style-src 'sha256-${STYLE_HASH}'`,
)

/** What this server can do, for programs and for people. Without a token: there is nothing of anybody's shop in it. */
export function addDocumentationRoutes(app: HttpApp): void {
  app.get(
    '/openapi.json',
    {
      config: { public: true },
      schema: {
        operationId: 'openapi',
        summary: 'This API for programs',
        response: { 200: z.looseObject({ openapi: z.string() }).describe('An OpenAPI 3.1 document.') },
      },
    },
    async (_request, reply) => reply.header('cache-control', 'no-cache').send({ ...app.swagger(), openapi: '3.1.0' }),
  )

  let page: string | null = null
  app.get(
    '/docs',
    {
      config: { public: true, mediaType: 'text/html' },
      schema: {
        operationId: 'docs',
        summary: 'This API for people',
        produces: ['text/html'],
        response: { 200: z.string().describe('The page.') },
      },
    },
    async (_request, reply) => {
      page ??= renderDocsPage(app.swagger() as unknown as ApiDocument)
      return reply
        .headers({
          'cache-control': 'no-cache',
          'content-security-policy': PAGE_POLICY,
          'content-type': 'text/html; charset=utf-8',
        })
        .send(page)
    },
  )
}
