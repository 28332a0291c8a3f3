import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSession } from '../../src/bin/session.ts'
import { createFormats } from '../../src/page/formats.ts'
import { chromiumPath, launchBrowser, openWindow, type Watched } from '../support/browser.ts'
import type { CliProcess } from '../support/cli-process.ts'
import { openRehearsal, type Rehearsal } from '../support/rehearsal.ts'
import { rehearsalYaml } from '../support/rehearsal-yaml.ts'
import { makeSmallShop } from '../support/small-shop.ts'
import { until } from '../support/until.ts'

const TOKEN = 'a-token-of-some-length'
const PAGES = ['Numbers', 'Thresholds', 'Segments', 'Runs', 'Customer']
const shop = makeSmallShop({ customers: 200 })

describe.skipIf(chromiumPath === null)('the page', () => {
  let rehearsal: Rehearsal
  let cli: CliProcess
  let browser: Browser
  let url: string
  beforeAll(async () => {
    rehearsal = await openRehearsal()
    rehearsal.variables['SCONTRINO_API_TOKEN'] = TOKEN
    rehearsal.write('orders.csv', shop.csv)
    rehearsal.write('scontrino.yaml', rehearsalYaml())
    expect(await rehearsal.run('sync')).toMatchObject({ exitCode: 0 })
    cli = rehearsal.start('start', '--roles', 'worker,http')
    const [, address = ''] = await cli.says(/Listening on (http:\S+?),/)
    url = address
    browser = await launchBrowser()
    const { page } = await logIn()
    await until('the numbers of the shop are computed', async () => {
      await page.goto(`${url}/`)
      return (await page.getByRole('img').count()) === 2
    })
    await page.context().close()
  })
  afterAll(async () => {
    await browser?.close()
    await rehearsal?.close()
  })

  async function logIn(options: Parameters<typeof openWindow>[2] = {}): Promise<Watched> {
    const opened = await openWindow(browser, url, { locale: 'en-GB', ...options })
    const { page } = opened
    await page.goto(`${url}/`)
    await page.getByLabel('Access token').fill(TOKEN)
    await page.keyboard.press('Enter')
    await page.getByRole('navigation', { name: 'Pages' }).waitFor()
    return opened
  }

  test('starts a sync at the press of a button, and shows live how it goes on until it is done', async () => {
    const { page, complaints } = await logIn()
    // Nobody's, so that the shop has the same customers whichever test comes first.
    const now = new Date().toISOString()
    rehearsal.append('orders.csv', `ANONYMOUS,${now},${now},,,IT,80,,,,,,,placed,false,web\n`)
    await page.getByRole('link', { name: 'Runs' }).click()
    await page.getByRole('button', { name: 'Sync now' }).click()
    await page.getByText('A sync is on its way').waitFor()
    const sync = page
      .getByRole('row')
      .filter({ hasText: 'on request' })
      .filter({ hasText: /^(?!.*(Read|Send)).*Sync/s })
    await sync.filter({ hasText: 'done' }).waitFor({ timeout: 60_000 })
    await page.getByText('Nothing is running.', { exact: true }).first().waitFor()
    await page.getByText('A sync is on its way').waitFor({ state: 'detached' })
    const reading = page.getByRole('row').filter({ hasText: 'Read the orders' }).filter({ hasText: 'on request' })
    expect(await reading.innerText()).toMatch(/\b1 of them new or different/)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('plans and applies segments by keyboard alone', async () => {
    const { page, complaints } = await logIn()
    await rehearsal.run('apply', '--yes')
    const [segment] = (await rehearsal.ask('GET', '/api/segments')).data
    await rehearsal.ask('PATCH', `/api/segments/${segment?.id}`, {
      data: { type: 'segment', id: segment?.id, attributes: { name: 'By hand' } },
    })
    await page.getByRole('link', { name: 'Segments' }).press('Enter')
    await page.getByRole('button', { name: 'Compare with Klaviyo' }).press('Enter')
    await page.getByText('was changed in Klaviyo; will be put back').waitFor()
    expect(await page.locator('main').innerText()).toContain(
      '0 of the 98 segments that Klaviyo lets us create today, and 1',
    )
    await page.getByRole('checkbox').press('Space')
    await page.getByRole('button', { name: 'Apply the plan' }).press('Enter')
    await page.getByRole('heading', { name: 'What was done' }).waitFor()
    expect(await page.getByRole('row').filter({ hasText: 'put back' }).count()).toBe(1)
    const names = (await rehearsal.ask('GET', '/api/segments')).data.map(({ attributes }) => attributes['name'])
    expect(names).not.toContain('By hand')
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('shows every chart with the right numbers in its table', async () => {
    const { page, complaints } = await logIn()
    await page.getByRole('img').first().waitFor()
    expect(await page.getByRole('img').count()).toBe(2)
    const report = await rehearsal.report()
    const months = new Set(report.periods.map(({ period }) => period))
    for (const summary of await page.getByText('The same as a table').all()) await summary.click()
    expect(await page.locator('#over-time ~ .beside tbody tr').first().innerText()).toMatch(/^[A-Z]/)
    const rows = await page.getByRole('group', { name: 'New against recurring' }).locator('tbody tr').count()
    expect(rows).toBeGreaterThanOrEqual(months.size)
    const first = report.periods.find(({ kind }) => kind === 'new')
    const formats = createFormats('en', 'EUR', 'Europe/Rome')
    const oldest = page.getByRole('group', { name: 'New against recurring' }).locator('tbody tr').last()
    expect(await oldest.innerText()).toContain(formats.money(first?.aovMinor ?? null))
    expect(await oldest.innerText()).toContain('all new')
    const bands = await page.locator('.band-figures [data-figure="customers"]').allInnerTexts()
    expect(bands.reduce((sum, text) => sum + Number(text), 0)).toBe(shop.truth.net.customers)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('shows the bands as they are, and leads with them to where they are moved', async () => {
    const { page, complaints } = await logIn()
    const ranges = await page.locator('.band-figures [data-figure="range"]').allInnerTexts()
    const revenue = await page.locator('.band-figures [data-figure="revenueShare"]').allInnerTexts()
    expect(revenue.reduce((sum, text) => sum + Number.parseFloat(text), 0)).toBeCloseTo(100, 0)
    expect(await page.getByRole('slider').count()).toBe(0)
    await page.getByRole('link', { name: 'Move the borders' }).click()
    await page.getByRole('slider', { name: 'Lower threshold' }).waitFor()
    expect(await page.locator('.band-figures [data-figure="range"]').allInnerTexts()).toEqual(ranges)
    expect(await page.locator('#bands-yaml').innerText()).toMatch(/^ +bands: \[[\d.]+, [\d.]+\]\s*$/)
    // Its configuration has no bands, but segments that part customers as bands do.
    expect(await page.getByText('Segments of single bands are configured already').isVisible()).toBe(true)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('explains a customer, whose address is in no address bar, history or log', async () => {
    const { page, complaints, violations } = await logIn()
    const session = await openSession({
      configPath: `${rehearsal.folder}/scontrino.yaml`,
      variables: rehearsal.variables,
      signal: new AbortController().signal,
    })
    const [lines = []] = await Array.fromAsync(session.application.readCustomers('main', new AbortController().signal))
    await session.close()
    const customer = lines.find(({ orderCount }) => orderCount > 1)
    if (customer === undefined) throw new Error('the sample shop has recurring customers')
    await page.getByRole('link', { name: 'Customer' }).click()
    await page.getByLabel('E-mail address').fill(` ${customer.email.toUpperCase()}`)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: customer.email, level: 2 }).waitFor()
    const formats = createFormats('en', 'EUR', 'Europe/Rome')
    const sums = page.getByRole('group', { name: 'The sums' })
    expect(await sums.getByRole('row').filter({ hasText: 'AOV' }).innerText()).toContain(
      formats.money(customer.aovMinor),
    )
    expect(await page.locator('.verdict.in').count()).toBe(1)
    expect(await page.getByText('Missing: one more order').count()).toBe(1)
    expect(page.url()).toBe(`${url}/customer`)
    expect(cli.stderr()).not.toContain(customer.email)
    expect([await violations(), complaints]).toEqual([[], []])
    await page.context().close()
  })

  const LOOKS = [
    ['wide and light', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
    ['wide and dark', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }],
    ['on a phone', { viewport: { width: 360, height: 740 }, colorScheme: 'light' }],
    ['in French on a phone in the dark', { viewport: { width: 360, height: 740 }, colorScheme: 'dark', lang: 'fr' }],
  ] as const

  describe.each(LOOKS)('%s', (_name, { lang = 'en', ...look }: (typeof LOOKS)[number][1] & { lang?: string }) => {
    test('shows every part without an error, a foreign request, an accessibility fault or sideways scrolling', async () => {
      const { page, complaints, violations, overflow } = await logIn(look)
      await page.goto(`${url}/runs?lang=${lang}`)
      const links = page.getByRole('navigation').first().getByRole('link')
      expect(await links.count()).toBe(PAGES.length)
      for (let index = 0; index < PAGES.length; index += 1) {
        await links.nth(index).click()
        const heading = await page.getByRole('heading', { level: 1 }).innerText()
        expect([heading, await violations(), await overflow()]).toEqual([heading, [], 0])
      }
      expect(complaints).toEqual([])
      await page.context().close()
    })
  })

  test('shows the state of every segment on a phone without moving the table, its spot beside the first word', async () => {
    const { page } = await logIn({ viewport: { width: 360, height: 740 } })
    await page.goto(`${url}/segments`)
    const states = await page.locator('td .state').all()
    expect(states).toHaveLength(2)
    for (const state of states) {
      const box = await state.boundingBox()
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(360)
    }
    const linesAboveFirstWord = await page.evaluate(`[...document.querySelectorAll('td .state')].map((state) => {
      state.parentElement.style = 'width: 1px; min-width: 0'
      const word = document.createRange()
      word.setStart(state.firstChild, 0)
      word.setEnd(state.firstChild, 1)
      const distance = word.getBoundingClientRect().top - state.getBoundingClientRect().top
      return Math.round(distance / Number.parseFloat(getComputedStyle(state).lineHeight))
    })`)
    expect(linesAboveFirstWord).toEqual([0, 0])
    await page.context().close()
  })

  test('lets nobody in after the log-out', async () => {
    const { page } = await logIn()
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.goto(`${url}/runs`)
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Log in')
    await page.context().close()
  })
})
