import { describe, expect, it } from 'vitest'
import { buildHttpServer } from '../../src/http/build-server.ts'
import { createMemoryApplication } from '../support/http-application.ts'
import { AUTHORIZED, collectLog, openDoor, TOKEN } from '../support/http-door.ts'
import { cookieOf, HOST, logIn, ORIGIN, sendForm } from '../support/page-door.ts'

const PAGES = ['/', '/segments', '/segments/plan', '/runs'] as const

describe('the login', () => {
  it.each(PAGES)('is where a stranger who asks for %s is led', async (url) => {
    const { app } = await openDoor()
    const answer = await app.inject({ url, headers: { host: HOST } })
    expect([answer.statusCode, answer.headers.location]).toEqual([
      303,
      url === '/' ? '/login' : `/login?next=${encodeURIComponent(url)}`,
    ])
  })

  it('is seen by anybody, and holds nothing of the shop', async () => {
    const { app } = await openDoor()
    const { statusCode, body } = await app.inject('/login')
    expect(statusCode).toBe(200)
    expect(body).not.toMatch(/italy|Europe|GBP/)
  })

  it('takes the token and leads on to the page that was asked for', async () => {
    const { app } = await openDoor()
    const answer = await sendForm(app, '/login', { token: TOKEN, next: '/runs?account=main' })
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/runs?account=main'])
    const page = await app.inject({ url: '/runs', headers: { host: HOST, cookie: cookieOf(answer) } })
    expect(page.statusCode).toBe(200)
  })

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/login/../..//evil.example',
    'javascript:1',
    '/%0d%0ax',
  ])('leads nobody to %s', async (next) => {
    const { app } = await openDoor()
    const { headers } = await sendForm(app, '/login', { token: TOKEN, next })
    expect(headers.location).toBe('/')
  })

  it('sets a cookie that no script reads, no other site sends, and that ends', async () => {
    const { app } = await openDoor()
    const { headers } = await sendForm(app, '/login', { token: TOKEN })
    expect(headers['set-cookie']).toMatch(
      /^scontrino_session=[^;]+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/,
    )
  })

  it('keeps the cookie to https where the browser came by https', async () => {
    const { app } = await openDoor()
    const { headers } = await sendForm(app, '/login', { token: TOKEN }, { origin: `https://${HOST}` })
    expect(headers['set-cookie']).toContain('; Secure')
  })

  it('refuses another token, and says so', async () => {
    const { app } = await openDoor()
    const answer = await sendForm(app, '/login', { token: `${TOKEN}x` })
    expect(answer.statusCode).toBe(401)
    expect(answer.headers['set-cookie']).toBeUndefined()
    expect(answer.body).toContain('role="alert"')
  })

  it('counts wrong tokens together with those of the API, and then refuses the right one', async () => {
    const { app } = await openDoor()
    for (let time = 0; time < 6; time += 1) await sendForm(app, '/login', { token: 'a-wrong-token' })
    for (let time = 0; time < 5; time += 1) {
      await app.inject({ url: '/v1/runs', headers: { authorization: 'Bearer a-wrong-token' } })
    }
    const answer = await sendForm(app, '/login', { token: TOKEN })
    expect(answer.statusCode).toBe(429)
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
  })

  it.each([undefined, 'https://evil.example', 'null'])('refuses a form of %s', async (origin) => {
    const { app } = await openDoor()
    const headers = { host: HOST, 'content-type': 'application/x-www-form-urlencoded', ...(origin && { origin }) }
    const answer = await app.inject({ method: 'POST', url: '/login', headers, payload: `token=${TOKEN}` })
    expect(answer.statusCode).toBe(403)
  })

  it('writes no token into the log', async () => {
    const { app, log } = await openDoor()
    await sendForm(app, '/login', { token: TOKEN })
    await sendForm(app, '/login', { token: 'nearly-the-right-token' })
    expect(log.text()).not.toMatch(/battery-staple|nearly-the-right/)
  })
})

describe('a session', () => {
  it('ends with the log-out, for whoever kept its cookie too', async () => {
    const { app, cookie, send } = await logIn()
    const answer = await send('/logout')
    expect(answer.headers.location).toBe('/login')
    expect(answer.headers['set-cookie']).toMatch(/^scontrino_session=;/)
    const later = await app.inject({ url: '/runs', headers: { host: HOST, cookie } })
    expect(later.statusCode).toBe(303)
  })

  it('is of no use at the API, which a browser could be made to call', async () => {
    const { read } = await logIn()
    expect((await read('/v1/runs')).statusCode).toBe(401)
  })

  it('is not what the API’s token is', async () => {
    const { app } = await openDoor()
    const answer = await app.inject({ url: '/runs', headers: { host: HOST, ...AUTHORIZED } })
    expect(answer.statusCode).toBe(303)
  })

  it('is asked for by the stream of runs, which cannot be led to the login', async () => {
    const { app } = await openDoor()
    expect((await app.inject('/runs/events')).statusCode).toBe(401)
  })

  it('has its own limit of requests', async () => {
    const { read } = await logIn()
    for (let time = 0; time < 300; time += 1) await read('/login')
    expect((await read('/runs')).statusCode).toBe(429)
  })
})

const CHANGING = ['/logout', '/runs/sync', '/runs/retry', '/runs/done', '/segments/apply'] as const

describe.each(CHANGING)('the form of %s', (url) => {
  it.each(['', 'x', 'A'.repeat(43)])('is refused without its token (%s)', async (form) => {
    const { app, cookie, application } = await open()
    const answer = await sendForm(app, url, { form, confirm: 'yes', task: '1' }, { cookie })
    expect(answer.statusCode).toBe(403)
    expect(application()).toEqual([])
  })

  it('is refused from another site, with the right token too', async () => {
    const { app, cookie, formToken, application } = await open()
    const form = { form: await formToken(), confirm: 'yes', task: '1' }
    const answer = await sendForm(app, url, form, { cookie, origin: 'https://evil.example' })
    expect(answer.statusCode).toBe(403)
    expect(application()).toEqual([])
  })

  it('is refused without a session', async () => {
    const { app, formToken } = await open()
    const answer = await sendForm(app, url, { form: await formToken() })
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/login'])
  })

  async function open() {
    const changed: string[] = []
    const application = createMemoryApplication({
      enqueue: async (job) => {
        changed.push(job)
        return []
      },
      retryRejects: async () => {
        changed.push('retry')
        return { refused: 0, sources: [] }
      },
      finishTask: async () => {
        changed.push('done')
        return true
      },
      applyPlan: async () => {
        changed.push('apply')
        return []
      },
    })
    return { ...(await logIn({ application })), application: () => changed }
  }
})

describe('a page', () => {
  it('may load its own files and nothing else', async () => {
    const { read } = await logIn()
    const policy = String((await read('/runs')).headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self';")
    expect(policy).not.toMatch(/unsafe|https?:|\*/)
  })

  it('has no script, style or handler inside it', async () => {
    const { read } = await logIn()
    expect((await read('/runs')).body).not.toMatch(/<script>|<style|\sstyle=|\son\w+=/)
  })

  it('lets browsers say where its forms come from', async () => {
    const { read } = await logIn()
    expect((await read('/runs')).headers['referrer-policy']).toBe('same-origin')
  })

  it('names files that are there and may be kept', async () => {
    const { read } = await logIn()
    const files = [...(await read('/runs')).body.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(
      ([, url]) => url ?? '',
    )
    expect(files).toHaveLength(5)
    for (const url of files) {
      const { statusCode, headers } = await read(url)
      expect([url, statusCode, headers['cache-control']]).toEqual([url, 200, 'public, max-age=31536000, immutable'])
    }
  })

  it('may load its files as often as it has to', async () => {
    const { app } = await openDoor()
    const [, url = ''] = /src="(\/assets\/[^"]+)"/.exec((await app.inject('/login')).body) ?? []
    for (let time = 0; time < 310; time += 1) await app.inject(url)
    expect((await app.inject(url)).statusCode).toBe(200)
    expect((await app.inject('/login')).statusCode).toBe(200)
  })

  it('is kept by nobody', async () => {
    const { read } = await logIn()
    expect((await read('/runs')).headers['cache-control']).toBe('no-store')
  })

  it('is in no document of the API', async () => {
    const { app } = await openDoor()
    const { paths } = (await app.inject('/openapi.json')).json() as { paths: object }
    expect(
      Object.keys(paths).filter((path) => !/^\/(v1|webhooks|docs|healthz|readyz|metrics|openapi)/.test(path)),
    ).toEqual([])
  })

  it('says in plain words what went wrong, and keeps the message for the log', async () => {
    const application = createMemoryApplication({
      loadRuns: async () => {
        throw new Error('secret of the database')
      },
    })
    const { read, log } = await logIn({ application })
    const answer = await read('/runs')
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([500, 'text/html; charset=utf-8'])
    expect(answer.body).toContain('A mistake of ours.')
    expect(answer.body).not.toContain('secret')
    expect(log.text()).toContain('secret of the database')
  })
})

describe('the language', () => {
  it.each([
    ['it-IT,it;q=0.9,en;q=0.8', 'it'],
    ['de,fr;q=0.5,en;q=0.4', 'fr'],
    ['de', 'en'],
    ['fr;q=0, en', 'en'],
  ])('of a browser that asks for %s is %s', async (accepted, language) => {
    const { read } = await logIn()
    expect((await read('/runs', { 'accept-language': accepted })).body).toContain(`<html lang="${language}">`)
  })

  it('chosen on the page is kept', async () => {
    const { read, cookie } = await logIn()
    const chosen = await read('/runs?lang=fr')
    expect(chosen.body).toContain('<html lang="fr">')
    const later = await read('/runs', { cookie: `${cookie}; ${cookieOf(chosen, 'scontrino_language')}` })
    expect(later.body).toContain('<html lang="fr">')
  })
})

describe('without a token', () => {
  it('nobody on this machine has to log in', async () => {
    const { app } = await openDoor({ token: null })
    const { statusCode, body } = await app.inject({ url: '/runs', headers: { host: 'localhost:8080' } })
    expect(statusCode).toBe(200)
    expect(body).not.toContain('/logout')
  })

  it.each(['evil.example', '192.168.1.7'])('a page that calls this machine %s is refused', async (host) => {
    const { app } = await openDoor({ token: null })
    expect((await app.inject({ url: '/runs', headers: { host } })).statusCode).toBe(403)
  })

  it.each([
    ['cross-site', 'image', 403],
    ['same-site', 'iframe', 403],
    ['cross-site', 'document', 200],
    ['same-origin', 'empty', 200],
    ['none', 'document', 200],
  ])('what is asked for %s as %s, without an origin, is answered with %i', async (site, destination, status) => {
    const { app } = await openDoor({ token: null })
    const headers = { host: 'localhost:8080', 'sec-fetch-site': site, 'sec-fetch-dest': destination }
    expect((await app.inject({ url: '/segments/plan', headers })).statusCode).toBe(status)
  })

  it('a form on some other page is refused', async () => {
    const { app } = await openDoor({ token: null })
    const answer = await sendForm(app, '/runs/sync', {}, { host: 'localhost:8080', origin: 'http://localhost:3000' })
    expect(answer.statusCode).toBe(403)
  })
})

it('the page of a public address takes forms from there, whatever a proxy asks for', async () => {
  const app = await buildHttpServer({
    application: createMemoryApplication(),
    token: TOKEN,
    logger: collectLog().logger,
    version: '1.2.3',
    publicUrl: 'https://aov.example',
  })
  const statusOf = async (origin: string) =>
    (await sendForm(app, '/login', { token: TOKEN }, { host: 'backend:8080', origin })).statusCode
  expect([await statusOf('https://aov.example'), await statusOf(ORIGIN)]).toEqual([303, 403])
  await app.close()
})

describe('behind a proxy', () => {
  const guess = async (app: Awaited<ReturnType<typeof openDoor>>['app'], address: string) => {
    for (let time = 0; time < 12; time += 1) {
      await sendForm(app, '/login', { token: 'a-wrong-token' }, { 'x-forwarded-for': address })
    }
  }

  it('that is trusted a stranger who guesses tokens keeps nobody else from logging in', async () => {
    const { app } = await openDoor({ trustProxy: ['loopback'] })
    await guess(app, '203.0.113.7')
    const logInFrom = (address: string) => sendForm(app, '/login', { token: TOKEN }, { 'x-forwarded-for': address })
    expect((await logInFrom('203.0.113.7')).statusCode).toBe(429)
    expect((await logInFrom('198.51.100.4')).statusCode).toBe(303)
  })

  it('that is not trusted nobody gets more guesses by naming other addresses', async () => {
    const { app } = await openDoor()
    await guess(app, '203.0.113.7')
    const answer = await sendForm(app, '/login', { token: 'a-wrong-token' }, { 'x-forwarded-for': '198.51.100.4' })
    expect(answer.statusCode).toBe(429)
  })

  it('whoever has a session goes on, however many tokens were guessed from the same address', async () => {
    const { app, read } = await logIn()
    await guess(app, '203.0.113.7')
    expect((await read('/runs')).statusCode).toBe(200)
  })

  it('without a token no header of a proxy makes another machine this one', async () => {
    const { app } = await openDoor({ token: null, trustProxy: ['127.0.0.1'] })
    const headers = { host: 'evil.example', 'x-forwarded-host': 'localhost' }
    expect((await app.inject({ url: '/runs', headers })).statusCode).toBe(403)
  })
})

it('a session that was logged out in another process is led to the login', async () => {
  const application = createMemoryApplication()
  const { cookie, send } = await logIn({ application })
  const other = await openDoor({ application })
  const readThere = () => other.app.inject({ url: '/runs', headers: { host: HOST, cookie } })
  expect((await readThere()).statusCode).toBe(200)
  await send('/logout')
  const answer = await readThere()
  expect([answer.statusCode, answer.headers.location]).toEqual([303, '/login?next=%2Fruns'])
})
