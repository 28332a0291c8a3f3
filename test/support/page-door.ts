import type { HttpApplication } from '../../src/http/application.ts'
import type { HttpApp } from '../../src/http/type-provider.ts'
import { openDoor, TOKEN } from './http-door.ts'

/** Where the tests' door is, for `Host` and `Origin`. */
export const HOST = 'scontrino.example:8080'
export const ORIGIN = `http://${HOST}`

/** What a browser sends with a form of the page. */
const FROM_PAGE = {
  host: HOST,
  origin: ORIGIN,
  'content-type': 'application/x-www-form-urlencoded',
} as const

/** Sends a form as a browser does. */
export function sendForm(
  app: HttpApp,
  url: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
) {
  const payload = new URLSearchParams(form).toString()
  return app.inject({ method: 'POST', url, headers: { ...FROM_PAGE, ...headers }, payload })
}

/** `name=value` of the cookie that an answer sets. */
export function cookieOf(answer: { headers: Record<string, unknown> }, name = 'scontrino_session'): string {
  const set = [answer.headers['set-cookie'] ?? []].flat().map(String)
  return set.find((cookie) => cookie.startsWith(`${name}=`))?.split(';', 1)[0] ?? ''
}

/** A door with somebody who has logged in. `read` gets a page, `send` sends one of its forms with its token. */
export async function logIn(options: { application?: HttpApplication } = {}) {
  const door = await openDoor(options)
  const answer = await sendForm(door.app, '/login', { token: TOKEN })
  const cookie = cookieOf(answer)
  const read = (url: string, headers: Record<string, string> = {}) =>
    door.app.inject({ url, headers: { host: HOST, cookie, ...headers } })
  const formToken = async () => /name="form" value="([^"]+)"/.exec((await read('/runs')).body)?.[1] ?? ''
  return {
    ...door,
    cookie,
    read,
    formToken,
    send: async (url: string, form: Record<string, string> = {}) =>
      sendForm(door.app, url, { form: await formToken(), ...form }, { cookie }),
  }
}
