import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type axe from 'axe-core'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { inject } from 'vitest'

/** The run's Chromium, or `null` when there is none: then skip with `describe.skipIf(chromiumPath === null)`. */
export const chromiumPath: string | null = inject('chromium')

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** A window of a browser that listens to everything that must not happen. */
export interface Watched {
  readonly page: Page
  /** Console errors and warnings, uncaught errors, and requests to another host, in order. */
  readonly complaints: readonly string[]
  /** Accessibility violations of what is to be seen now, a sentence each. */
  violations(): Promise<string[]>
  /** By how many pixels the page is wider than the window. */
  overflow(): Promise<number>
}

/** Starts the browser. Who starts it closes it. */
export function launchBrowser(): Promise<Browser> {
  if (chromiumPath === null) throw new Error('there is no Chromium: skip')
  // Chromium's own sandbox does not work as root; what is loaded here is ours.
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] })
}

/** Opens a window that only speaks with `origin`. */
export async function openWindow(browser: Browser, origin: string, options: BrowserContextOptions): Promise<Watched> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`))
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) complaints.push(`request to ${request.url()}`)
  })
  return {
    page,
    complaints,
    async violations() {
      // Through the debugger: the page's own policy lets in no script of another.
      await page.evaluate(AXE)
      const { violations } = await page.evaluate(
        () => (globalThis as unknown as { axe: typeof axe }).axe.run() as Promise<axe.AxeResults>,
      )
      return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
    },
    overflow: () =>
      page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth') as Promise<number>,
  }
}
