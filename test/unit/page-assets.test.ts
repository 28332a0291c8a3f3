import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { loadPageAssets } from '../../src/page/assets.ts'
import { REPORT_PART, readStyle, STYLE_PARTS } from '../../src/page/style.ts'

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

const PAGE = join(import.meta.dirname, '../../src/page')

it('every part of the style is loaded', () => {
  const parts = readdirSync(join(PAGE, 'style')).map((name) => name.replace(/\.css$/, ''))
  expect(parts.sort()).toEqual([...STYLE_PARTS, REPORT_PART].sort())
})

it('every class of the style is one that the page gives', () => {
  // Some are states, as core and app name them.
  const folders = ['page', 'core', 'app'].map((name) => join(PAGE, '..', name))
  const code = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(folder, name), 'utf8')),
  )
  const rules = readStyle([...STYLE_PARTS, REPORT_PART]).replaceAll(/\/\*.*?\*\/|\{[^{}]*\}/gs, '{}')
  const classes = new Set([...rules.matchAll(/\.([a-z][a-z-]*)/g)].map(([, name = '']) => name))
  expect(classes.size).toBeGreaterThan(50)
  const isGiven = (name: string) => code.some((text) => new RegExp(`["' ]${name}["' $]`).test(text))
  expect([...classes].filter((name) => !isGiven(name))).toEqual([])
})
