import { expect, test } from 'vitest'
import { toMeaning } from '../../src/reading/settings-meaning.ts'

test('settings mean the same in any order of their keys', () => {
  const one = { url: 'https://shop.example', states: { paid: 'placed', open: 'pending' } }
  const other = { states: { open: 'pending', paid: 'placed' }, url: 'https://shop.example' }
  expect(toMeaning(one)).toBe(toMeaning(other))
})

test('settings with another value, or another order of a list, mean something else', () => {
  const meanings = [{ a: [1, 2] }, { a: [2, 1] }, { a: [1] }, { b: [1, 2] }].map(toMeaning)
  expect(new Set(meanings).size).toBe(4)
})
