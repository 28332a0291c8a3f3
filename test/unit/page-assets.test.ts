import { expect, it } from 'vitest'
import { loadPageAssets } from '../../src/page/assets.ts'

const { files, urls, version } = loadPageAssets()

it('no module of the page takes the name of another file once it is built', () => {
  const built = [...files.keys()].map((name) => name.replace(/\.ts$/, '.js'))
  expect(built.length).toBeGreaterThan(10)
  expect(new Set(built).size).toBe(built.length)
})

it('browsers get no types, and modules that are all there', () => {
  const modules = [...files].filter(([name]) => name.endsWith('.ts'))
  const wanted = modules.flatMap(([, { body }]) =>
    [...body.matchAll(/from '(\.\/[^']+)'/g)].map(([, path = '']) => path.slice(2)),
  )
  expect(wanted.filter((name) => !files.has(name))).toEqual([])
  expect(modules.filter(([, { body }]) => /\binterface \w+ \{|from 'uplot'/.test(body)).map(([name]) => name)).toEqual(
    [],
  )
})

it('every address names a file under the version of all', () => {
  const names = Object.values(urls).map((url) => url.replace(`/assets/${version}/`, ''))
  expect(names.filter((name) => !files.has(name))).toEqual([])
})
