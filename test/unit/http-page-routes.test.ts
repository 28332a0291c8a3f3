import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openDoor } from '../support/http-door.ts'

/** First parts of the paths that programs ask for; all others are the page's. */
const FOR_PROGRAMS = ['v1', 'webhooks', 'healthz', 'readyz', 'metrics', 'openapi.json', 'docs']

test('the guide lists every route that the page has of its own, and no other', async () => {
  const { app } = await openDoor()
  await app.ready()
  const tree = app.printRoutes({ commonPrefix: false })
  const registered = [...tree.matchAll(/^ {4}[├└]── ([^/ ]+)/gm)].map(([, name = '']) => name)
  expect(registered).toEqual(expect.arrayContaining(FOR_PROGRAMS))

  const guide = readFileSync(new URL('../../docs/http.md', import.meta.url), 'utf8')
  const list = /The page has routes of its own: (.*?), and what lies below them/s.exec(guide)?.[1] ?? ''
  const told = [...list.matchAll(/`\/([^`]*)`/g)].map(([, name]) => name)
  expect(told.toSorted()).toEqual(['', ...registered.filter((name) => !FOR_PROGRAMS.includes(name))].sort())
})
