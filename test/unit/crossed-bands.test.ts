import { describe, expect, test } from 'vitest'
import { crossedText } from '../../src/app/crossed-words.ts'
import { LANGUAGES } from '../../src/page/words/language.ts'
import { createCli } from '../support/cli.ts'
import { CROSSED, PLAN } from '../support/cli-ledger.ts'
import { createMemoryApplication } from '../support/http-application.ts'
import { logIn } from '../support/page-door.ts'

const ACCOUNT = { currency: 'GBP', timezone: 'Europe/London' }
const WARNING =
  'the lower border of bands (£500) is above the upper one (store_aov at £180); ' +
  'customers keep the bands of £50 and £150, in force since 2026-03-01'
const ADVICE = 'change bands so that the lower border stays below the upper one: see scontrino thresholds'
const crossedBands = async () => CROSSED

describe('borders of bands that cross', () => {
  test('are said with their values, what holds meanwhile and since when', () => {
    expect(crossedText(CROSSED, ACCOUNT)).toBe(WARNING)
  })

  test('are told from borders that coincide, and from bands that never were', () => {
    expect(crossedText({ ...CROSSED, valuesMinor: [18_000, 18_000], inForce: null }, ACCOUNT)).toBe(
      'the lower border of bands (£180) is the upper one (store_aov at £180); there were no bands before, so no customer has one',
    )
  })

  test('say no date where nobody noted it', () => {
    const inForce = { bordersMinor: [5_000, 15_000] as const, since: null }
    expect(crossedText({ ...CROSSED, inForce }, ACCOUNT)).toMatch(/keep the bands of £50 and £150$/)
  })

  test.each(['thresholds', 'sync'])('are a warning of scontrino %s, with what to do', async (command) => {
    const { stdout } = await createCli({ application: { crossedBands } }).run(command, '--account', 'main')
    expect(stdout).toContain(`  warning: ${WARNING}\n    → ${ADVICE}`)
  })

  test('are a warning of the plan', async () => {
    const following = {
      options: { tolerance: 0.1, atMostEveryDays: 30, round: true },
      timezone: 'Europe/London',
      decisions: [],
      waiting: [],
      crossed: CROSSED,
    }
    const { stdout } = await createCli({ application: { plan: async () => ({ ...PLAN, following }) } }).run('plan')
    expect(stdout).toContain(`  warning: ${WARNING}\n    → ${ADVICE}`)
  })

  test('stand in the documents of thresholds and sync, and only where there are some', async () => {
    const crossed = JSON.parse(JSON.stringify(CROSSED)) as object
    const asked = (command: string, world = {}) => createCli(world).run(command, '--account', 'main', '--json')
    const world = { application: { crossedBands } }
    expect((await asked('thresholds', world)).document()['thresholds']).toMatchObject([{ account: 'main', crossed }])
    expect((await asked('sync', world)).document()['crossed']).toEqual([{ account: 'main', ...crossed }])
    expect((await asked('sync')).document()).not.toHaveProperty('crossed')
  })

  test.each(LANGUAGES)('are a warning of the pages Segments and Thresholds (%s)', async (language) => {
    const { read } = await logIn({ application: createMemoryApplication({ crossedBands }) })
    for (const path of ['/segments', '/thresholds']) {
      const [warning = ''] = /<p class="warning">.*?<\/p>/.exec((await read(`${path}?lang=${language}`)).body) ?? []
      for (const part of ['store_aov', '500', '180', '50', '150', '2026']) expect(warning).toContain(part)
      expect(warning).not.toMatch(/undefined|NaN|null/)
    }
  })

  test('are no warning where there are none', async () => {
    const { read } = await logIn()
    expect((await read('/segments')).body).not.toContain('class="warning"')
  })
})
