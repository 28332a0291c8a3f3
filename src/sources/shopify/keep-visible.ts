import type { ShopCursor } from '../../reading/shop-cursor.ts'
import { hidesOrdersSince, refuseHiddenHistory, type ShopAccess } from './access.ts'

/**
 * A cursor whose census, interrupted for so long that it would go on among orders the key does not see, begins later: a
 * sweep is made of what it still reaches, since nobody waits for it to be complete.
 * @throws AuthError for a backfill, which would leave out orders without knowing.
 */
export function keepVisible(cursor: ShopCursor, access: ShopAccess, sweepReachMs: number): ShopCursor {
  const { census } = cursor
  if (census === null) return cursor
  const from = new Date(census.fromMs)
  if (!census.isSweep) refuseHiddenHistory(access, from)
  if (!hidesOrdersSince(access, from)) return cursor
  const fromMs = Math.floor((access.now.getTime() - sweepReachMs) / 1000) * 1000
  // Without its memo: an export under way is of orders from before.
  const rest = { fromMs, seen: [], beforeMs: census.beforeMs, isSweep: true as const }
  return { ...cursor, census: fromMs < census.beforeMs ? rest : null }
}
