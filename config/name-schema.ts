import { z } from 'zod'
import { findUnknownPlaceholders } from '../src/core/segments/name-placeholder.ts'

const PLACEHOLDERS =
  'expected in braces only {low} and {high} of the bands, or a threshold such as {store_aov} or {p75}'

/** The name of a segment, in which amounts stand in braces. */
export const nameSchema = templateSchema([], PLACEHOLDERS)

/** The name of a family's segments, with these words in braces too, which tell them apart. */
export function familyNameSchema(...words: readonly string[]) {
  const texts = words.map((word) => `{${word}}`)
  return templateSchema(texts, `${PLACEHOLDERS}, or ${texts.join(' and ')}`)
}

function templateSchema(words: readonly string[], message: string) {
  return z
    .string()
    .trim()
    .min(1)
    .refine((name) => findUnknownPlaceholders(name).every((text) => words.includes(text)), message)
}
