import { z } from 'zod'
import { findUnknownPlaceholders } from '../src/core/segments/name-placeholder.ts'

const PLACEHOLDERS =
  'expected in braces only {low} and {high} of the bands, or a threshold such as {store_aov} or {p75}'

/** The name of a segment, in which amounts stand in braces. */
export const nameSchema = z
  .string()
  .trim()
  .min(1)
  .refine((name) => findUnknownPlaceholders(name).length === 0, PLACEHOLDERS)

/** The name of a family's segments, with what tells them apart in braces too. */
export const familyNameSchema = z
  .string()
  .trim()
  .min(1)
  .refine((name) => findUnknownPlaceholders(withoutWords(name)).length === 0, `${PLACEHOLDERS}, {band} and {type}`)

function withoutWords(name: string): string {
  return name.replace(/\{(?:band|type)\}/g, '')
}
