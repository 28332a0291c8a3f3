import { escapeHtml } from '../../page/html.ts'
import { PROBLEM_KINDS } from '../problem-kinds.ts'
import type { ApiDocument, DocumentedOperation, DocumentedParameter } from './api-document.ts'
import { renderMembers, typeOf } from './schema-list.ts'
import { DOCS_STYLE } from './style.ts'

/** The API as one HTML page that loads nothing else. */
export function renderDocsPage(api: ApiDocument): string {
  const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  const title = `${escapeHtml(api.info.title)} ${escapeHtml(api.info.version)}`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}: HTTP API</title>
<style>${DOCS_STYLE}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p>${escapeHtml(api.info.description ?? '')}</p>
</header>
<main>
<nav aria-label="Paths"><ul>${operations.map(renderLink).join('')}</ul></nav>
<section aria-labelledby="token">
<h2 id="token">Token</h2>
<p>Send the value of <code>SCONTRINO_API_TOKEN</code> with every request that is marked <span class="token">token</span>:</p>
<pre tabindex="0">curl -X POST -H "Authorization: Bearer $SCONTRINO_API_TOKEN" ‹address›/v1/jobs/sync</pre>
<p>A server without a token listens on its own machine only, and asks for none. <a href="/openapi.json">openapi.json</a>
says the same as this page, for programs.</p>
</section>
${operations.map(renderOperation).join('\n')}
<section aria-labelledby="problems">
<h2 id="problems">Problems</h2>
<p>Whatever goes wrong is answered as <code>application/problem+json</code>:</p>
${renderMembers(api.components.schemas['Problem'] ?? {})}
<dl>${Object.entries(PROBLEM_KINDS)
    .map(
      ([code, { status, title, advice }]) =>
        `<div id="${code}"><dt>${status} <code>${code}</code></dt><dd>${escapeHtml(title)}. ${escapeHtml(advice)}</dd></div>`,
    )
    .join('')}</dl>
</section>
</main>
</body>
</html>
`
}

interface Entry {
  readonly path: string
  readonly method: string
  readonly operation: DocumentedOperation
}

function idOf({ method, path }: Entry): string {
  return `${method}-${path.replace(/[^a-z0-9]+/gi, '-')}`.toLowerCase()
}

function renderLink(entry: Entry): string {
  const { method, path, operation } = entry
  const summary = escapeHtml(operation.summary ?? '')
  return `<li><a href="#${idOf(entry)}"><code><b>${method}</b> ${escapeHtml(path)}</code> ${summary}</a></li>`
}

function renderOperation(entry: Entry): string {
  const { method, path, operation } = entry
  const { parameters = [], requestBody, responses } = operation
  const id = idOf(entry)
  const body = Object.entries(requestBody?.content ?? {}).map(
    ([type, { schema }]) =>
      `<h3>Body <small>${escapeHtml(type)}</small></h3><p>${escapeHtml(schema?.description ?? '')}</p>${renderMembers(schema ?? {})}`,
  )
  const answers = Object.entries(responses).map(([status, { description, content = {} }]) => {
    const [type, media] = Object.entries(content)[0] ?? []
    const members = media?.schema === undefined || media.schema.$ref !== undefined ? '' : renderMembers(media.schema)
    const name = type === undefined ? '' : ` <small>${escapeHtml(type)}</small>`
    return `<div><dt><code>${escapeHtml(status)}</code>${name}</dt><dd>${renderCodes(description)}${members}</dd></div>`
  })
  return `<section aria-labelledby="${id}">
<h2 id="${id}"><code><b>${method}</b> ${escapeHtml(path)}</code>${operation.security === undefined ? '' : ' <span class="token">token</span>'}</h2>
<p><strong>${escapeHtml(operation.summary ?? '')}.</strong> ${escapeHtml(operation.description ?? '')}</p>
${parameters.length === 0 ? '' : `<h3>Parameters</h3><dl>${parameters.map(renderParameter).join('')}</dl>`}
${body.join('')}
<h3>Answers</h3><dl>${answers.join('')}</dl>
</section>`
}

function renderParameter({ name, in: place, required, description, schema }: DocumentedParameter): string {
  const about = `${place}, ${typeOf(schema ?? {})}${required === true ? '' : ', optional'}`
  return `<div><dt><code>${escapeHtml(name)}</code> <small>${escapeHtml(about)}</small></dt><dd>${escapeHtml(description ?? '')}</dd></div>`
}

/** Codes of problems lead to where they are explained. */
function renderCodes(description: string): string {
  return escapeHtml(description).replace(/\bE_[A-Z_]+\b/g, (code) => `<a href="#${code}"><code>${code}</code></a>`)
}
