import { describe } from 'vitest'
import { SHOP_RIGS } from '../support/sandbox-rigs.ts'
import { describeFaults } from '../support/source-faults-suite.ts'

for (const rig of SHOP_RIGS) describe(rig.name, () => describeFaults(rig))
