import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildHttpServer } from '../../src/http/build-server.ts'
import type { HttpApp } from '../../src/http/type-provider.ts'
import { splitBands } from '../../src/page/browser/split-bands.ts'
import { chromiumPath, launchBrowser, openWindow } from '../support/browser.ts'
import { DISTRIBUTION } from '../support/distribution.ts'
import { createMemoryApplication } from '../support/http-application.ts'
import { collectLog } from '../support/http-door.ts'

describe.skipIf(chromiumPath === null)('the thresholds in a browser', () => {
  let app: HttpApp
  let browser: Browser
  let url: string
  beforeAll(async () => {
    const application = createMemoryApplication({ bands: async () => [3_000, 10_000] })
    app = await buildHttpServer({ application, token: null, logger: collectLog().logger, version: '1.2.3' })
    url = await app.listen({ host: '127.0.0.1', port: 0 })
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await app?.close()
  })

  async function open(options: Parameters<typeof openWindow>[2] = {}, path = '/thresholds?account=italy') {
    const opened = await openWindow(browser, url, { locale: 'en-GB', ...options })
    await opened.page.goto(url + path)
    const low = opened.page.getByRole('slider', { name: 'Lower threshold' })
    const high = opened.page.getByRole('slider', { name: 'Upper threshold' })
    await opened.page.locator('.ways').waitFor()
    const asked: string[] = []
    // Chromium looks at a page's icon again, in its own store, whenever the address changes.
    opened.page.on('request', (request) => request.url().endsWith('/icon.svg') || asked.push(request.url()))
    return { ...opened, low, high, asked, figures: () => readFigures(opened.page.locator('.band-figures')) }
  }

  /** Customers and orders of each band, as the table tells them. */
  async function readFigures(table: Locator): Promise<Record<string, readonly number[]>> {
    const numbers = async (row: string) => {
      const texts = await table
        .getByRole('row', { name: new RegExp(`^${row} [\\d,]+ `) })
        .getByRole('cell')
        .allInnerTexts()
      return texts.map((text) => Number(text.replaceAll(',', '')))
    }
    return { customers: await numbers('Customers'), orders: await numbers('Orders') }
  }

  function expected(low: number, high: number) {
    const bands = Object.values(splitBands(DISTRIBUTION.cells, low, high))
    return { customers: bands.map(({ customers }) => customers), orders: bands.map(({ orders }) => orders) }
  }

  async function minorOf(slider: Locator): Promise<number> {
    return Math.round(Number(await slider.getAttribute('aria-valuenow')) * 100)
  }

  test('move by mouse, and every number follows without a request', async () => {
    const { page, low, high, asked, figures, complaints } = await open()
    expect(await figures()).toEqual(expected(3_000, 10_000))
    await drag(low, 90)
    await drag(high, 120)
    const [lowMinor, highMinor] = [await minorOf(low), await minorOf(high)]
    expect(lowMinor).toBeGreaterThan(3_000)
    expect(highMinor).toBeGreaterThan(10_000)
    expect(await figures()).toEqual(expected(lowMinor, highMinor))
    expect(await page.locator('#bands-yaml').innerText()).toContain(`bands: [${lowMinor / 100}, ${highMinor / 100}]`)
    expect([asked, complaints]).toEqual([[], []])
    await page.context().close()

    async function drag(slider: Locator, distance: number): Promise<void> {
      const box = await slider.locator('.knob').boundingBox()
      if (box === null) throw new Error('the handle is nowhere')
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
      await page.mouse.move(x, y)
      await page.mouse.down()
      await page.mouse.move(x + distance / 2, y, { steps: 5 })
      await page.mouse.move(x + distance, y, { steps: 5 })
      await page.mouse.up()
    }
  })

  test('move by finger on a phone', async () => {
    const { page, low, figures } = await open({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true })
    const knob = low.locator('.knob')
    await knob.scrollIntoViewIfNeeded()
    const box = await knob.boundingBox()
    if (box === null) throw new Error('the handle is nowhere')
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    const touch = await page.context().newCDPSession(page)
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', at: number | null) =>
      touch.send('Input.dispatchTouchEvent', { type, touchPoints: at === null ? [] : [{ x: at, y }] })
    await send('touchStart', x)
    for (const step of [10, 20, 30, 40]) await send('touchMove', x + step)
    await send('touchEnd', null)
    const lowMinor = await minorOf(low)
    expect(lowMinor).toBeGreaterThan(3_000)
    expect(await figures()).toEqual(expected(lowMinor, 10_000))
    await page.context().close()
  })

  test('move by keys through prices, and say where they are and what they part', async () => {
    const { page, low, high, asked, figures, complaints } = await open()
    await low.focus()
    for (const key of ['ArrowRight', 'ArrowUp', 'ArrowLeft', 'PageUp', 'ArrowDown']) await page.keyboard.press(key)
    const { customers } = expected(4_900, 10_000)
    expect(await low.getAttribute('aria-valuetext')).toMatch(new RegExp(`^€49; customers below: ${customers[0]}, `))
    await page.keyboard.press('Tab')
    await page.keyboard.press('Home')
    expect([await minorOf(high), await low.getAttribute('aria-valuemax')]).toEqual([5_000, '49.00'])
    await page.keyboard.press('End')
    expect(await minorOf(high)).toBe(100_000)
    expect(await figures()).toEqual(expected(4_900, 100_000))
    expect([asked, complaints]).toEqual([[], []])
    await page.context().close()
  })

  test('go where somebody types, where the advice is, and are there again after loading anew', async () => {
    const { page, low, high, figures, asked } = await open()
    await page.getByRole('textbox', { name: 'Lower threshold' }).fill('70,5')
    await page.keyboard.press('Enter')
    expect(await minorOf(low)).toBe(7_050)
    const advised = page.getByRole('listitem').filter({ hasText: 'Classes of equal size' }).getByRole('link')
    await advised.click()
    const [lowMinor, highMinor] = [await minorOf(low), await minorOf(high)]
    expect(lowMinor).not.toBe(7_050)
    expect(asked).toEqual([])
    await page.waitForURL((address) => address.searchParams.get('low') === String(lowMinor / 100))
    await page.reload()
    expect([await minorOf(low), await minorOf(high)]).toEqual([lowMinor, highMinor])
    expect(await figures()).toEqual(expected(lowMinor, highMinor))
    await page.context().close()
  })

  test('say beside the field what was made of what somebody types, and forget it when a line is moved', async () => {
    const { page, low, high, complaints } = await open()
    const lower = page.getByRole('textbox', { name: 'Lower threshold' })
    const said = (name: 'low' | 'high') => page.locator(`#${name}-said`).innerText()
    await lower.fill('1,234')
    await page.keyboard.press('Enter')
    expect(await said('low')).toContain('“1,234” can be read in two ways')
    expect([await minorOf(low), await lower.inputValue()]).toEqual([3_000, '30'])
    await lower.fill('150')
    await page.keyboard.press('Tab')
    expect([await said('low'), await said('high')]).toEqual([
      '',
      'Moved to €155, since the lower line has to be below the upper one.',
    ])
    expect([await minorOf(low), await minorOf(high)]).toEqual([15_000, 15_500])
    await high.press('ArrowRight')
    expect(await said('high')).toBe('')
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('are set by a form where there is no script', async () => {
    const opened = await openWindow(browser, url, { locale: 'en-GB', javaScriptEnabled: false })
    const { page } = opened
    await page.goto(`${url}/thresholds?account=italy`)
    await page.getByRole('textbox', { name: 'Lower threshold' }).fill('45')
    await page.getByRole('button', { name: 'Show' }).click()
    expect(await readFigures(page.locator('.band-figures'))).toEqual(expected(4_500, 10_000))
    // The advice is there already when it has been worked out for somebody.
    const advice = page.getByRole('link', { name: 'Show the advice' })
    if ((await advice.count()) > 0) await advice.click()
    await page
      .getByRole('listitem')
      .filter({ hasText: 'median customer' })
      .getByRole('link', { name: 'As the upper line' })
      .click()
    const sliders = ['Lower threshold', 'Upper threshold'].map((name) => minorOf(page.getByRole('slider', { name })))
    expect(await Promise.all(sliders)).toEqual([4_500, 9_000])
    await page.context().close()
  })

  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 360],
    ['dark', 360],
  ] as const)('are accessible, with the advice, %s and %i pixels wide', async (colorScheme, width) => {
    const look = { viewport: { width, height: 800 }, colorScheme }
    const { page, violations, overflow, complaints } = await open(look)
    expect([await violations(), await overflow(), complaints]).toEqual([[], 0, []])
    await page.context().close()
  })
})
