import { z } from 'zod'
import type { Cursor } from '../core/orders/page.ts'

const position = z.object({
  fromMs: z.number(),
  seen: z.array(z.string()),
  memo: z.record(z.string(), z.unknown()).optional(),
})

const schema = z.object({
  v: z.literal(1),
  /** Fingerprint of the settings that change what records mean. */
  meaning: z.string(),
  /** The reading of orders by when they were placed that is under way: the backfill, or a sweep. */
  census: z.object({ ...position.shape, beforeMs: z.number(), isSweep: z.literal(true).optional() }).nullable(),
  /** When the last census began, by the shop's clock. */
  censusAtMs: z.number(),
  /** By name of the feed; `isDone`: its window was read to the end. */
  changes: z.record(z.string(), z.object({ fromMs: z.number(), isDone: z.boolean() })),
})

/** How far a shop has been read. Instants in epoch milliseconds of the shop's clock. */
export type ShopCursor = z.infer<typeof schema>

/** Null for a cursor of another kind or version, or of settings under which records meant something else. */
export function parseShopCursor(cursor: Cursor | null, meaning: string): ShopCursor | null {
  const parsed = schema.safeParse(cursor)
  return parsed.success && parsed.data.meaning === meaning ? parsed.data : null
}
