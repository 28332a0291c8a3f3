import { describe, expect, test } from 'vitest'
import { SOURCE_TYPES } from '../../src/sources/registry.ts'
import { SHOP_RIGS } from '../support/sandbox-rigs.ts'
import { describeSource } from '../support/sources-suite.ts'

test('every source of the registry has a rig, or a suite of its own', () => {
  const covered = new Set<string>([...SHOP_RIGS.map(({ type }) => type), 'file'])
  expect(Object.keys(SOURCE_TYPES).filter((type) => !covered.has(type))).toEqual([])
})

for (const rig of SHOP_RIGS) describe(rig.name, () => describeSource(rig))
