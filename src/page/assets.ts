import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire, stripTypeScriptTypes } from 'node:module'
import { extname, join } from 'node:path'
import { readStyle, STYLE_PARTS } from './style.ts'
import type { AssetUrls } from './view.ts'

/** One file that the page loads. */
interface Asset {
  readonly mediaType: string
  readonly body: string
}

/** Everything the page loads, by name, and a version that changes with any of it. */
export interface PageAssets {
  /** 16 hexadecimal digits over all contents. */
  readonly version: string
  readonly files: ReadonlyMap<string, Asset>
  readonly urls: AssetUrls
}

const JAVASCRIPT = 'text/javascript; charset=utf-8'
const CSS = 'text/css; charset=utf-8'

/** A receipt. */
const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M6 2h20v28l-4-3-3 3-3-3-3 3-3-3-4 3z" fill="#0b6e75"/><path d="M10 9h12M10 14h12M10 19h7" stroke="#fff" stroke-width="2.4" stroke-linecap="round"/></svg>
`

/**
 * Reads the page's files from where this program lies: browser code as it was built, or, in a clone, as it was written,
 * with its types taken out. Modules refer to each other by their names there, so nothing in them is rewritten.
 */
export function loadPageAssets(): PageAssets {
  const files = new Map<string, Asset>([
    ['icon.svg', { mediaType: 'image/svg+xml', body: ICON }],
    ['style.css', { mediaType: CSS, body: readStyle(STYLE_PARTS) }],
    ['uplot.min.css', { mediaType: CSS, body: readPackageFile('uplot/dist/uPlot.min.css') }],
    ['uplot.min.js', { mediaType: JAVASCRIPT, body: readPackageFile('uplot/dist/uPlot.iife.min.js') }],
    ...readBrowserCode(join(import.meta.dirname, 'browser')),
  ])
  const hash = createHash('sha256')
  for (const [name, { body }] of files) hash.update(`${name}\0${body}\0`)
  const version = hash.digest('hex').slice(0, 16)
  const url = (name: string) => `/assets/${version}/${name}`
  return {
    version,
    files,
    urls: {
      style: url('style.css'),
      chartStyle: url('uplot.min.css'),
      chartLibrary: url('uplot.min.js'),
      script: url(files.has('page.ts') ? 'page.ts' : 'page.js'),
      icon: url('icon.svg'),
    },
  }
}

function readBrowserCode(folder: string): [string, Asset][] {
  return readdirSync(folder)
    .filter((name) => /^\.[jt]s$/.test(extname(name)))
    .sort()
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8')
      const body = name.endsWith('.ts') ? stripTypeScriptTypes(text) : text.replace(/^\/\/# sourceMappingURL=.*$/m, '')
      return [name, { mediaType: JAVASCRIPT, body }]
    })
}

function readPackageFile(name: string): string {
  return readFileSync(createRequire(import.meta.url).resolve(name), 'utf8')
}
