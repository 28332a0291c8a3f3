import { expect, it } from 'vitest'
import { wordsOf } from '../../src/page/words/language.ts'

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
