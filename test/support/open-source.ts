import type { SecretStore } from '../../src/core/orders/secret-store.ts'
import type { Source } from '../../src/core/orders/source.ts'
import { SOURCE_TYPES } from '../../src/sources/registry.ts'
import type { RigShop } from './shop-rig.ts'

/** The source of a shop, with settings other than its own, opened as the program opens it. */
export function openSource(shop: Pick<RigShop, 'source'>, changes: Readonly<Record<string, unknown>> = {}): Source {
  const config = { ...shop.source, ...changes }
  const type = Object.entries(SOURCE_TYPES).find(([name]) => name === config['type'])?.[1]
  if (type === undefined) throw new Error('a source of this type is not registered')
  return type.open('shop', type.configSchema.parse(config), { secrets: createSecrets() })
}

function createSecrets(): SecretStore {
  let kept: string | null = null
  return {
    load: async () => kept,
    save: async (sealed) => {
      kept = sealed
    },
  }
}
