import { expect, test } from 'vitest'
import { checkNames } from '../../src/app/check-names.ts'
import { accountYaml, loadAccount } from '../support/account-yaml.ts'

test('a check tells of segments that would have one name, with all their keys', () => {
  const { settings } = loadAccount(accountYaml())
  const named = (key: string, name: string) => ({ key, name, basis: 'property' as const, all: [] })
  const segments = [named('a', 'High'), named('b', 'Low'), named('c', 'High')]
  expect(checkNames({ ...settings, segments })).toEqual([
    {
      level: 'problem',
      subject: 'segments',
      message: 'the segments a and c would have one name, “High”',
      action: expect.stringContaining('give each its own name'),
    },
  ])
})

test('a check says nothing of names where they differ', () => {
  const more =
    'segments: [{ key: a, name: A, where: { aov: { gt: 1 } } }, { key: b, name: B, where: { aov: { gt: 2 } } }]'
  expect(checkNames(loadAccount(accountYaml({ more })).settings)).toEqual([])
})
