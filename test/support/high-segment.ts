import type { SegmentSpec } from '../../src/core/segments/segment.ts'

/** Everybody whose AOV is above 5.00: whoever the rigs' shops sell to. */
export const HIGH: SegmentSpec = {
  key: 'high',
  name: 'AOV | High',
  basis: 'property',
  all: [{ any: [{ property: 'aov', operator: 'gt', value: 5 }] }],
}
