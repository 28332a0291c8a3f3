import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { BugError } from '../src/core/errors.ts'

/** Requests that came in, by Klaviyo's name of the operation. */
export interface RequestCounts {
  readonly total: number
  /** How many were answered 429. */
  readonly throttled: number
  readonly byOperation: Readonly<Record<string, number>>
}

/** A sandbox Klaviyo in a process of its own, so that its memory and time are not ours. */
export interface SandboxChild {
  readonly url: string
  countRequests(): Promise<RequestCounts>
  /** When the last requests for an operation came in, milliseconds since the epoch; at most 10,000 of all operations. */
  requestTimes(operation: string): Promise<readonly number[]>
  countProfiles(): Promise<number>
  stop(): Promise<void>
}

type Child = ChildProcessByStdio<null, Readable, null>

/** Starts `sandbox klaviyo --fast` on a free port. Its rate limits are the real ones. @throws BugError when it ends at once. */
export async function startSandbox(entry: string, env: NodeJS.ProcessEnv): Promise<SandboxChild> {
  const args = ['--max-semi-space-size=8', entry, 'sandbox', 'klaviyo', '--fast', '--port', '0', '--json']
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const url = await readUrl(child)
  const get = async <T>(path: string): Promise<T> => (await fetch(url + path)).json() as Promise<T>

  return {
    url,
    countRequests: async () => (await get<{ requests: RequestCounts }>('/sandbox/state')).requests,
    countProfiles: async () => (await get<{ profiles: number }>('/sandbox/state')).profiles,
    async requestTimes(operation) {
      const requests = await get<{ operation: string | null; atMs: number }[]>('/sandbox/requests')
      return requests.filter((request) => request.operation === operation).map(({ atMs }) => atMs)
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** The one JSON document it prints when it listens. */
async function readUrl(child: Child): Promise<string> {
  let text = ''
  for await (const chunk of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    text += chunk
    const url = /"url":\s*"([^"]+)"/.exec(text)?.[1]
    if (url !== undefined) {
      child.stdout.resume()
      return url
    }
  }
  throw new BugError('starting the sandbox: it ended before it listened')
}
