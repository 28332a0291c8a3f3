import { z } from 'zod'
import type { RemoteComplaint } from '../../core/errors.ts'

const LONGEST_DETAIL = 300

const errorBody = z.object({
  errors: z.array(
    z.object({
      code: z.string().catch('unknown'),
      detail: z.string().catch(''),
      source: z
        .object({ pointer: z.string().optional().catch(undefined) })
        .catch({})
        .default({}),
    }),
  ),
})

/** Klaviyo's JSON:API error body → complaints, without addresses; [] for any other shape. */
export function parseComplaints(body: unknown): readonly RemoteComplaint[] {
  const parsed = errorBody.safeParse(body)
  if (!parsed.success) return []
  return parsed.data.errors.map(({ code, detail, source }) => ({
    code,
    detail: withoutAddresses(detail),
    ...(source.pointer === undefined ? {} : { pointer: source.pointer }),
  }))
}

/**
 * A remote's words without anything that has an `@` in it, and without `address` even when it has none: Klaviyo
 * repeats what it could not read. At most 300 characters.
 */
export function withoutAddresses(text: string, address = ''): string {
  const named = address === '' ? text : text.replaceAll(address, '<address>')
  return named.replaceAll(/[^\s"<>()[\]]*@[^\s"<>()[\]]*/g, '<address>').slice(0, LONGEST_DETAIL)
}

const ROW = /^\/data\/attributes\/profiles\/data\/(\d{1,9})(?:\/|$)/

/** The row of an import job that a JSON pointer names, counted from 0; null when it names no row. */
export function rowOf(pointer: string | undefined): number | null {
  const match = pointer === undefined ? null : ROW.exec(pointer)
  return match === null ? null : Number(match[1])
}
