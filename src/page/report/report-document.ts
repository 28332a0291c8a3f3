import { createHash } from 'node:crypto'
import { type Html, html } from '../html.ts'
import type { Voice } from '../view.ts'
import type { ReportAssets } from './report-assets.ts'

/**
 * One file that holds everything: no address in it leads anywhere. It lets nothing run and nothing load but what it was
 * written with, so that a name out of a shop could not either.
 */
export function renderReportDocument(
  voice: Voice,
  { style, scripts, icon }: ReportAssets,
  title: string,
  body: Html,
): string {
  const policy = [
    "default-src 'none'",
    `script-src ${scripts.map(hashOf).join(' ')}`,
    `style-src ${hashOf(style)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return html`<!doctype html>
<html lang="${voice.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="data:image/svg+xml;base64,${Buffer.from(icon).toString('base64')}">
<style>${{ html: style }}</style>
</head>
<body class="report">
${body}
${scripts.map((script) => html`<script>${{ html: script }}</script>`)}
</body>
</html>
`.html
}

/** As a policy names what stands in a document. */
function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
