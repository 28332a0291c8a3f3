import { describe, expect, it } from 'vitest'
import type { DraftOutcome } from '../../src/app/draft-campaign.ts'
import { createCli } from '../support/cli.ts'

const cliDrafting = (outcome: DraftOutcome) => createCli({ session: { draftCampaign: async () => outcome } })
const DRAFT = ['campaigns', 'draft', '--segment', 'high', '--account', 'main'] as const

describe('campaigns draft', () => {
  it('tells what is in the draft, for how many, and that nothing is sent', async () => {
    const { exitCode, stdout, stderr } = await createCli().run(...DRAFT)
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/campaign +AOV \| High: Upsell \(scontrino main high\)\n +id +C1\n/)
    expect(stdout).toMatch(/to +AOV \| High: 1,204 profiles by the ledger, 1,198 in Klaviyo on 2026-11-21 \d\d:00/)
    expect(stdout).toMatch(/subject +What goes well with your first order\n/)
    expect(stdout).toContain('Klaviyo will not send it until you do.')
  })

  it('answers the whole of it as a document', async () => {
    const { document } = await createCli().run(...DRAFT, '--json')
    expect(document()).toMatchObject({
      account: 'main',
      draft: { kind: 'drafted', campaign: { id: 'C1' }, recipients: { expected: 1204 } },
    })
  })

  it('takes the play and the language that are asked for', async () => {
    const { run, calls } = createCli()
    const { stdout } = await run(...DRAFT, '--play', 'vip', '--lang', 'it')
    expect(calls).toContainEqual(['draftCampaign', 'main', 'high', 'vip', 'it'])
    expect(stdout).toMatch(/subject +Per te in anteprima\n/)
    expect(stdout).toMatch(/language +Italiano \(--lang it\)/)
  })

  it('says that it only finished what an earlier attempt had begun', async () => {
    const { stdout } = await cliDrafting({
      kind: 'drafted',
      campaign: { id: 'C1', name: 'n' },
      segment: { key: 'high', name: 'High', remoteId: 'S1' },
      play: 'vip',
      text: { title: 'VIP', subject: 's', previewText: 'p', html: '', text: '' },
      recipients: { expected: 1, counted: null },
      isResumed: true,
    }).run(...DRAFT)
    expect(stdout).toContain('finished the draft that an earlier attempt had begun')
    expect(stdout).toContain('High: 1 profile by the ledger, not yet counted in Klaviyo')
  })

  it('ends with 78 where one of ours is there, and says which', async () => {
    const campaign = { id: 'C9', name: 'Spring', status: 'Draft', isDraft: true, tagged: true }
    const { exitCode, stdout } = await cliDrafting({ kind: 'exists', campaign }).run(...DRAFT)
    expect(exitCode).toBe(78)
    expect(stdout).toContain('not sent yet: Spring (Draft), id C9.')
  })

  it('says how one that was left unfinished is finished', async () => {
    const campaign = { id: 'C9', name: 'High: VIP', status: 'Draft', isDraft: true, tagged: false }
    const { exitCode, stdout } = await cliDrafting({ kind: 'exists', campaign }).run(...DRAFT)
    expect([exitCode, stdout]).toEqual([78, expect.stringContaining('the --play and --lang that it was begun with')])
  })

  it('ends with 78 where the segment is not in Klaviyo, and says how it gets there', async () => {
    const segment = { key: 'high', name: 'AOV | High' }
    const { exitCode, stdout } = await cliDrafting({ kind: 'not-applied', segment }).run(...DRAFT)
    expect(exitCode).toBe(78)
    expect(stdout).toContain('The segment AOV | High is not in Klaviyo.\n  → scontrino plan shows')
  })

  it('asks for a play where the segment stands for none', async () => {
    const segment = { key: 'high', name: 'AOV | High' }
    const { exitCode, stderr } = await cliDrafting({ kind: 'no-play', segment }).run(...DRAFT)
    expect(exitCode).toBe(64)
    expect(stderr).toContain('choose one with --play (upsell, careful-post-purchase')
  })

  it('shows no character of a name that could steer the terminal', async () => {
    const campaign = { id: 'C9', name: 'Spring\u001b[2J', status: 'Draft', isDraft: true, tagged: true }
    const { stdout } = await cliDrafting({ kind: 'exists', campaign }).run(...DRAFT)
    expect(stdout).toContain('Spring�[2J')
  })

  it.each([
    ['no segment', ['campaigns', 'draft'], "required option '-s, --segment <key>' not specified"],
    ['several accounts', ['campaigns', 'draft', '--segment', 'high'], 'choose it with --account (main, japan)'],
    ['an unknown play', [...DRAFT, '--play', 'spam'], 'Allowed choices are upsell'],
    ['an unknown language', [...DRAFT, '--lang', 'de'], 'Allowed choices are en, it, fr'],
    ['a wish to send', ['campaigns', 'send'], "unknown command 'send'"],
  ])('is refused with 64: %s', async (_what, argv, message) => {
    const { run, calls } = createCli()
    const { exitCode, stderr } = await run(...argv)
    expect(exitCode).toBe(64)
    expect(stderr).toContain(message)
    expect(calls.filter(([name]) => name === 'draftCampaign')).toEqual([])
  })
})
