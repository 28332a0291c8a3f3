import { onTestFinished } from 'vitest'
import {
  createKlaviyoSandbox,
  type KlaviyoSandbox,
  type KlaviyoSandboxOptions,
} from '../../src/sandbox/klaviyo/index.ts'

/** What came back; `document` is undefined when the body is empty or not JSON. */
export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly document: unknown
  /** A value in the document by its path: `data.0.attributes.email`. */
  at(path: string): unknown
}

/** A sandbox of one test and a way to talk to it as an integrator would. */
export interface SandboxClient {
  readonly sandbox: KlaviyoSandbox
  send(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Reply>
  get(path: string): Promise<Reply>
  post(path: string, body: unknown): Promise<Reply>
  /** Asks again until the answer pleases, for at most five seconds. */
  until(path: string, pleases: (reply: Reply) => boolean): Promise<Reply>
}

/** Starts a sandbox (fast, limits counted but not enforced, unless said otherwise) that closes with the test. */
export async function startSandbox(options: KlaviyoSandboxOptions = {}): Promise<SandboxClient> {
  const sandbox = await createKlaviyoSandbox({ fast: true, enforceLimits: false, ...options })
  onTestFinished(() => sandbox.close())
  const send: SandboxClient['send'] = async (method, path, body, headers = {}) => {
    const response = await fetch(path.startsWith('http') ? path : sandbox.url + path, {
      method,
      headers: {
        authorization: 'Klaviyo-API-Key pk_test',
        revision: '2026-07-15',
        ...(body !== undefined && { 'content-type': 'application/vnd.api+json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const document = parseOrNothing(text)
    return { status: response.status, headers: response.headers, text, document, at: (path) => valueAt(document, path) }
  }
  const get = (path: string) => send('GET', path)
  return {
    sandbox,
    send,
    get,
    post: (path, body) => send('POST', path, body),
    async until(path, pleases) {
      const deadline = Date.now() + 5_000
      for (;;) {
        const reply = await get(path)
        if (pleases(reply) || Date.now() > deadline) return reply
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    },
  }
}

/** A profile resource. */
export function profile(email: string, properties: Readonly<Record<string, unknown>> = {}, meta?: object): object {
  return { type: 'profile', attributes: { email, properties }, ...(meta && { meta }) }
}

/** The body of a bulk import. */
export function importBody(profiles: readonly unknown[]): object {
  return { data: { type: 'profile-bulk-import-job', attributes: { profiles: { data: profiles } } } }
}

/** The body of a new segment; every argument after the name is one group of conditions. */
export function segmentBody(name: string, ...groups: readonly (readonly object[])[]): object {
  const definition = { condition_groups: groups.map((conditions) => ({ conditions })) }
  return { data: { type: 'segment', attributes: { name, definition } } }
}

/** A numeric condition on a custom property. */
export function numeric(property: string, operator: string, value: number): object {
  return {
    type: 'profile-property',
    property: `properties['${property}']`,
    filter: { type: 'numeric', operator, value },
  }
}

function parseOrNothing(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function valueAt(document: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => Reflect.get(Object(value), key), document)
}

/** The body that creates a template. */
export function templateBody(name: string): object {
  return { data: { type: 'template', attributes: { name, editor_type: 'CODE', html: '<p>Hello</p>', text: 'Hello' } } }
}

/** The body that creates a draft of a campaign to one segment. */
export function campaignBody(name: string, segmentId: string): object {
  const definition = { channel: 'email', content: { subject: 'Hello', preview_text: 'Come in' } }
  const messages = { data: [{ type: 'campaign-message', attributes: { definition } }] }
  const audiences = { included: [segmentId] }
  return { data: { type: 'campaign', attributes: { name, audiences, 'campaign-messages': messages } } }
}

/** The body that gives a message a template. */
export function assignBody(messageId: string, templateId: string): object {
  const template = { data: { type: 'template', id: templateId } }
  return { data: { type: 'campaign-message', id: messageId, relationships: { template } } }
}
