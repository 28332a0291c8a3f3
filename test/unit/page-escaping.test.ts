import { describe, expect, it } from 'vitest'
import type { HttpApplication } from '../../src/http/application.ts'
import { dataElement, html } from '../../src/page/html.ts'
import { createMemoryApplication } from '../support/http-application.ts'
import { logIn } from '../support/page-door.ts'

const HOSTILE = `</script><img src=x onerror="alert(1)">'&`

describe('markup', () => {
  it('escapes what it is given, in elements and in quoted attributes', () => {
    expect(html`<a title="${HOSTILE}">${[HOSTILE]}</a>`.html).toBe(
      '<a title="&lt;/script&gt;&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#39;&amp;">&lt;/script&gt;&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#39;&amp;</a>',
    )
  })

  it('keeps markup, joins lists and leaves out what is absent', () => {
    expect(html`${[html`<b>1</b>`, html`<b>${2}</b>`]}${null}${undefined}${false}`.html).toBe('<b>1</b><b>2</b>')
  })

  it('lets no data end the element that holds it', () => {
    const { html: text } = dataElement('data', { name: HOSTILE })
    expect(text.match(/<\/?script/g)).toHaveLength(2)
    expect(JSON.parse(/>(.*)<\/script>$/.exec(text)?.[1] ?? '')).toEqual({ name: HOSTILE })
  })
})

describe('a page', () => {
  const none = { needed: 0, left: 1 }
  const overview = { all: null, remoteId: 'x', expected: null, expectedMembers: null, finding: null } as const
  const hostile: Partial<HttpApplication> = {
    loadRuns: async () => [
      {
        ...{ runId: 1, account: 'main', job: HOSTILE, jobId: '1', source: HOSTILE, trigger: HOSTILE, state: 'failed' },
        ...{ startedAt: new Date(0), finishedAt: new Date(1), attempts: 2, idleMs: 0, counts: { [HOSTILE]: HOSTILE } },
        ...{ errorCode: 'E_BUG', errorMessage: HOSTILE, interrupted: false },
      },
    ],
    loadPauses: async () => [{ connector: HOSTILE, reason: HOSTILE, pausedAt: new Date(0) }],
    loadRejects: async () => ({
      deadLetters: [
        {
          number: 1,
          kind: 'record',
          source: HOSTILE,
          place: HOSTILE,
          field: HOSTILE,
          reason: HOSTILE,
          firstSeenAt: new Date(0),
          lastSeenAt: new Date(0),
        },
      ],
      refused: [{ email: HOSTILE, code: 'invalid', reason: HOSTILE, refusedAt: new Date(0) }],
    }),
    segments: async () => [
      {
        ...{ ...overview, key: 'a', name: HOSTILE, standing: 'unwanted', counted: null },
        lastChange: { kind: 'create', at: new Date(0) },
        flows: [{ id: '1', name: HOSTILE, status: HOSTILE }],
      },
    ],
    plan: async (account) => ({
      ...{
        account,
        currency: 'EUR',
        timezone: 'Europe/Rome',
        following: null,
        wavering: null,
        heldInBand: null,
        quota: { creates: none, updates: none },
      },
      segments: [
        {
          ...{ key: 'a', name: HOSTILE, action: 'update', remoteId: 'x', definition: { a: HOSTILE } },
          ...{ former: { name: `${HOSTILE}!`, definition: { a: 1 } }, forecast: null, expectedMembers: null },
          ...{ memberCount: null, lastCount: null, finding: null, tagged: true, figures: 'ours' },
          flows: [{ id: '1', name: HOSTILE, status: HOSTILE }],
        },
      ],
    }),
  }

  it.each(['/runs', '/segments', '/segments/plan'])(
    'of %s shows hostile names as the text that they are',
    async (url) => {
      const { read } = await logIn({ application: createMemoryApplication(hostile) })
      const { statusCode, body } = await read(url)
      expect(statusCode).toBe(200)
      expect(body).toContain('&lt;/script&gt;&lt;img')
      expect(body).not.toContain('<img')
    },
  )

  it('for an address that is none says so, and repeats it as text', async () => {
    const { send } = await logIn()
    const answer = await send('/customer', { email: HOSTILE })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('That is no e-mail address.')
    expect(answer.body).not.toContain('<img')
  })

  it('says when nobody is known by an address, and when somebody was forgotten', async () => {
    const forgottenAt = new Date('2026-11-21T10:00:00Z')
    const { send } = await logIn({
      application: createMemoryApplication({
        explain: async (account, email) =>
          email.startsWith('gone') ? { kind: 'forgotten', account, forgottenAt } : null,
      }),
    })
    const [stranger, gone] = [
      await send('/customer', { email: 'a@b.example' }),
      await send('/customer', { email: 'gone@b.example' }),
    ]
    expect(stranger.body).toContain('Nobody is known by this address.')
    expect(gone.body).toContain('This person was forgotten on 21 Nov 2026, 10:00; nothing else is known.')
  })
})
