import { z } from 'zod'
import { parseInstant } from '../../core/instant.ts'
import type { WireBag, WireTransaction } from './wire.ts'

/** An order as it came: only what is needed to find one's place is read, so that a bad one becomes a dead letter. */
export interface ShopifyRecord {
  readonly externalId: string
  /** Invalid where they cannot be read. */
  readonly placedAt: Date
  readonly updatedAt: Date
  readonly raw: unknown
  /** What is not in a page, and was read already. */
  readonly more?: OrderMore
}

/** What a page of orders does not hold. */
export interface OrderMore {
  readonly transactions: readonly WireTransaction[]
  /** One amount per line that bought gift cards. */
  readonly giftCards: readonly WireBag[]
}

/** What every answer with orders has to have. */
export const rawOrder = z.looseObject({
  id: z.string().min(1),
  processedAt: z.unknown().optional(),
  updatedAt: z.unknown().optional(),
})

/** Never throws: what cannot be read is for the mapping to complain of. */
export function toRecord(raw: z.infer<typeof rawOrder>, externalId: string, more?: OrderMore): ShopifyRecord {
  const placedAt = instantOrInvalid(raw.processedAt)
  const updatedAt = instantOrInvalid(raw.updatedAt)
  return { externalId, placedAt, updatedAt, raw, ...(more !== undefined && { more }) }
}

function instantOrInvalid(text: unknown): Date {
  try {
    return parseInstant(String(text), 'UTC')
  } catch {
    return new Date(Number.NaN)
  }
}
