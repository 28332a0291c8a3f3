import { computeStore } from '../src/app/compute-store.ts'
import { openContainer } from '../src/bin/container.ts'
import type { Rig } from './rig.ts'

/** Computes what a rig's syncs have left of the store's numbers, as a service would have by the next sync. */
export async function computeStoreOf(rig: Pick<Rig, 'configPath' | 'env'>): Promise<void> {
  const { signal } = new AbortController()
  const container = await openContainer({ configPath: rig.configPath, variables: rig.env, logLevel: 'fatal', signal })
  try {
    for (const { settings } of container.config.accounts) {
      await computeStore(await container.account(settings.key), { onProgress: () => undefined, signal })
    }
  } finally {
    await container.close()
  }
}
