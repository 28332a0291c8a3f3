import { afterAll, beforeAll } from 'vitest'

const KINDS = ['ProcessWrap', 'TCPServerWrap', 'TCPSocketWrap']
const CLOSING_DEADLINE_MS = 3_000

let before: readonly string[] = []

function held(): string[] {
  return process.getActiveResourcesInfo().filter((kind) => KINDS.includes(kind))
}

beforeAll(() => {
  before = held()
})

// Registered first, so it runs last: what a test file started, it must have ended.
afterAll(async () => {
  const deadline = performance.now() + CLOSING_DEADLINE_MS
  while (held().length > before.length && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const left = held()
  if (left.length > before.length) throw new Error(`this test file left open: ${left.join(', ')}`)
})
