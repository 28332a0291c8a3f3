import { describe, expect, it } from 'vitest'
import { ContractError } from '../../src/core/errors.ts'
import { OPERATIONS } from '../../src/destinations/klaviyo/limits.ts'
import { page, scriptKlaviyo, signal } from '../support/klaviyo.ts'

const klaviyo = scriptKlaviyo()
const TEXT = { title: 'Upsell', subject: 'Hello', previewText: 'Come in', html: '<p>Hello</p>', text: 'Hello' }
const TAG = page([{ type: 'tag', id: 'T1', attributes: { name: 'scontrino' } }])

const campaign = (id: string, attributes: object) => ({
  type: 'campaign',
  id,
  attributes: { name: 'Spring', status: 'Draft', archived: false, audiences: { included: ['S1'] }, ...attributes },
})

/** What is found among campaigns of this name, none of them tagged. */
async function findAmong(...campaigns: object[]): Promise<readonly string[]> {
  klaviyo.answer('GET /api/tags', 200, page([]))
  klaviyo.answer('GET /api/campaigns', 200, page(campaigns))
  const found = await klaviyo.destination().campaigns.findCampaigns('scontrino main high', 'S1', signal)
  return found.map(({ id }) => id)
}

describe('drafts of campaigns in Klaviyo', () => {
  it('are created without a moment, without a strategy and without a sender', async () => {
    const seen = klaviyo.answer('POST /api/campaigns', 201, { data: { id: 'C1' } })
    expect(await klaviyo.destination().campaigns.createDraft('Upsell', 'S1', TEXT, signal)).toBe('C1')
    const content = { subject: 'Hello', preview_text: 'Come in' }
    expect(seen.body).toEqual({
      data: {
        type: 'campaign',
        attributes: {
          name: 'Upsell',
          audiences: { included: ['S1'] },
          'campaign-messages': {
            data: [
              {
                type: 'campaign-message',
                attributes: { definition: { channel: 'email', label: 'Upsell', content } },
              },
            ],
          },
        },
      },
    })
  })

  it('are sent and scheduled by nothing that this program can call', () => {
    const writes = Object.values(OPERATIONS).flatMap(({ method, path }) =>
      method !== 'GET' && path.includes('campaign') ? [`${method} ${path}`] : [],
    )
    expect(writes.sort()).toEqual([
      'POST /api/campaign-message-assign-template',
      'POST /api/campaigns',
      'POST /api/tags/{id}/relationships/campaigns',
    ])
  })

  it('are ours by the whole mark in their name', async () => {
    expect(
      await findAmong(
        campaign('C1', { name: 'High: VIP (scontrino main high)' }),
        campaign('C2', { name: 'Higher: VIP (scontrino main high-2)' }),
        campaign('C3', { name: 'scontrino main high' }),
      ),
    ).toEqual(['C1'])
  })

  it('are ours by the tag, where the segment is among their audiences', async () => {
    klaviyo.answer('GET /api/tags', 200, TAG)
    klaviyo.answer('GET /api/tags/T1/relationships/campaigns', 200, page([{ id: 'C1' }, { id: 'C2' }]))
    klaviyo.answer('GET /api/campaigns', 200, page([]))
    const tagged = [campaign('C1', {}), campaign('C2', { audiences: { included: ['S2'] } })]
    const asked = klaviyo.answer('GET /api/campaigns', 200, page(tagged))
    const found = await klaviyo.destination().campaigns.findCampaigns('scontrino main high', 'S1', signal)
    expect(found).toEqual([{ id: 'C1', name: 'Spring', status: 'Draft', isDraft: true, tagged: true }])
    expect(asked.query['filter']).toBe('equals(messages.channel,"email"),any(id,["C1","C2"])')
  })

  it.each(['Sent', 'Variations Sent', 'Cancelled', 'Cancelled: Smart Sending'])(
    'no longer count when they are %s',
    async (status) => {
      expect(await findAmong(campaign('C1', { name: '(scontrino main high)', status }))).toEqual([])
    },
  )

  it('no longer count when they are archived', async () => {
    expect(await findAmong(campaign('C1', { name: '(scontrino main high)', archived: true }))).toEqual([])
  })

  it.each(['Scheduled', 'Sending', 'Preparing to send', 'Unknown'])('still count when they are %s', async (status) => {
    expect(await findAmong(campaign('C1', { name: '(scontrino main high)', status }))).toEqual(['C1'])
  })

  it.each([
    ['left out', {}],
    ['without data', { relationships: { template: { links: {} } } }],
    ['null', { relationships: { template: { data: null } } }],
  ])('have no template where it is %s', async (_how, more) => {
    klaviyo.answer('GET /api/campaigns/C1/campaign-messages', 200, page([{ id: 'M1', ...more }]))
    expect(await klaviyo.destination().campaigns.fetchMessage('C1', signal)).toEqual({ id: 'M1', hasTemplate: false })
  })

  it('have a template where one is named', async () => {
    const relationships = { template: { data: { type: 'template', id: 'T9' } } }
    klaviyo.answer('GET /api/campaigns/C1/campaign-messages', 200, page([{ id: 'M1', relationships }]))
    expect(await klaviyo.destination().campaigns.fetchMessage('C1', signal)).toEqual({ id: 'M1', hasTemplate: true })
  })

  it('without a message are not what the API promises', async () => {
    klaviyo.answer('GET /api/campaigns/C1/campaign-messages', 200, page([]))
    await expect(klaviyo.destination().campaigns.fetchMessage('C1', signal)).rejects.toThrow(ContractError)
  })

  it('use a template of exactly the name', async () => {
    const seen = klaviyo.answer('GET /api/templates', 200, page([{ type: 'template', id: 'T1' }]))
    expect(await klaviyo.destination().campaigns.findTemplate('VIP, en', signal)).toBe('T1')
    expect(seen.query['filter']).toBe('equals(name,"VIP, en")')
  })
})
