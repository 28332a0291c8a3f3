import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { wordsOf } from '../../src/page/words/language.ts'
import { PROJECT_DIR } from '../architecture/project-files.ts'

/** Every text of a dictionary by its path. */
function texts(value: unknown, path: string): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, `${path}.${key}`))
}

function paths(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([key, inner]) => paths(inner, `${path}.${key}`))
}

it.each(['it', 'fr'] as const)(
  '%s has every word that English has, those that types do not ask for included',
  (language) => {
    expect(paths(wordsOf(language), '').sort()).toEqual(paths(wordsOf('en'), '').sort())
  },
)

it('no sentence of Italian or French was left in English', () => {
  const english = new Map(texts(wordsOf('en'), ''))
  const same = (['it', 'fr'] as const).flatMap((language) =>
    texts(wordsOf(language), '').flatMap(([path, text]) =>
      english.get(path) === text && text.includes(' ') ? [text] : [],
    ),
  )
  // It happens to be Italian too.
  expect(new Set(same)).toEqual(new Set(['In Klaviyo']))
})

it('every part of a dictionary is used by the page', () => {
  const folder = join(PROJECT_DIR, 'src')
  const code = ['page', 'http']
    .flatMap((layer) =>
      readdirSync(join(folder, layer), { recursive: true, encoding: 'utf8' }).map((name) => join(layer, name)),
    )
    .filter((name) => name.endsWith('.ts') && !name.includes('words'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
  const groups = paths(wordsOf('en'), '').map((path) => path.split('.').slice(1, 3))
  const unused = groups.filter(
    ([, name = '']) =>
      !new RegExp(`\\b${name}\\b`).test(code) &&
      !['counts', 'errors', 'jobs', 'steps', 'policies', 'nav'].includes(
        groups.find(([, other]) => other === name)?.[0] ?? '',
      ),
  )
  expect(unused).toEqual([])
})
