import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AccountRun } from '../../src/app/application.ts'
import { buildHttpServer } from '../../src/http/build-server.ts'
import type { HttpApp } from '../../src/http/type-provider.ts'
import { chromiumPath, launchBrowser } from '../support/browser.ts'
import { createMemoryApplication } from '../support/http-application.ts'
import { collectLog, TOKEN } from '../support/http-door.ts'

/** To one origin, over HTTP/1.1. */
const CONNECTIONS_OF_A_BROWSER = 6

function running(source: string): AccountRun {
  return {
    ...{ runId: 1, account: 'main', job: 'pull-orders', jobId: 'pull.1', source, trigger: 'http', state: 'running' },
    ...{ startedAt: new Date(), finishedAt: null, attempts: 1, idleMs: 0, counts: {} },
    ...{ errorCode: null, errorMessage: null, interrupted: false },
  }
}

describe.skipIf(chromiumPath === null)('live progress in a browser', () => {
  let app: HttpApp
  let browser: Browser
  let url: string
  let runs: readonly AccountRun[] = []
  beforeAll(async () => {
    const application = createMemoryApplication({ loadRuns: async () => runs })
    app = await buildHttpServer({ application, token: TOKEN, logger: collectLog().logger, version: '1.2.3' })
    url = await app.listen({ host: '127.0.0.1', port: 0 })
    browser = await launchBrowser()
  })
  beforeEach(() => {
    runs = []
  })
  afterAll(async () => {
    await browser?.close()
    await app?.close()
  })

  async function logIn(): Promise<{ context: BrowserContext; page: Page }> {
    const context = await browser.newContext({ locale: 'en-GB' })
    const page = await context.newPage()
    await page.goto(`${url}/login`)
    await page.getByLabel('Access token').fill(TOKEN)
    await page.keyboard.press('Enter')
    await page.getByRole('navigation', { name: 'Pages' }).waitFor()
    return { context, page }
  }

  async function openRuns(page: Page): Promise<void> {
    const following = page.waitForResponse((answer) => answer.url().includes('/runs/events'))
    await page.goto(`${url}/runs`)
    await following
  }

  /** Chromium without a screen takes every tab for one that is looked at. */
  async function turn(page: Page, visibilityState: 'hidden' | 'visible'): Promise<void> {
    await page.evaluate(`
      Object.defineProperty(document, 'hidden', { configurable: true, value: ${visibilityState === 'hidden'} })
      document.dispatchEvent(new Event('visibilitychange'))`)
  }

  const shows = (page: Page, text: string) => page.locator('#live-now').getByText(text).waitFor()

  test('is there in the tab in front, however many are open behind it, and in each that comes to the front', async () => {
    const { context, page: first } = await logIn()
    await openRuns(first)
    let front = first
    for (let tabs = 1; tabs <= CONNECTIONS_OF_A_BROWSER; tabs += 1) {
      await turn(front, 'hidden')
      front = await context.newPage()
      await openRuns(front)
    }
    runs = [running('bottega')]
    await shows(front, 'bottega')
    expect(await first.locator('#live-now').innerText()).not.toContain('bottega')
    await turn(front, 'hidden')
    await turn(first, 'visible')
    await shows(first, 'bottega')
    await context.close()
  })

  test('comes back after an answer that is no stream, and says meanwhile that it was interrupted', async () => {
    const { context, page } = await logIn()
    await page.route('**/runs/events*', (route) => route.fulfill({ status: 503 }), { times: 1 })
    await openRuns(page)
    await page.locator('#live-offline').waitFor()
    runs = [running('bottega')]
    await shows(page, 'bottega')
    expect(await page.locator('#live-offline').isVisible()).toBe(false)
    await context.close()
  })

  test('comes back with a page that somebody goes back to', async () => {
    const { context, page } = await logIn()
    await openRuns(page)
    await page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    runs = [running('bottega')]
    await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    await shows(page, 'bottega')
    await context.close()
  })

  test('leads to the login once nobody is logged in any more', async () => {
    const { context, page } = await logIn()
    await page.route('**/runs/events*', (route) => route.fulfill({ status: 503 }), { times: 1 })
    await openRuns(page)
    await context.clearCookies()
    await page.getByRole('heading', { name: 'Log in', level: 1 }).waitFor()
    expect(new URL(page.url()).searchParams.get('next')).toBe('/runs')
    await context.close()
  })
})
