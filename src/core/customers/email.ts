const SHAPE = /^[^\s@"(),:;<>[\]\\]+@[^\s@.]+(?:\.[^\s@.]+)+$/

/** The identity form of an e-mail address: trimmed, Unicode NFC, lower case. */
export function normalizeEmail(text: string): string {
  return text.trim().normalize('NFC').toLowerCase()
}

/**
 * Whether a normalised address has the shape that Klaviyo accepts: one `@`, a dotted domain, no blanks, at most
 * 254 characters. One address without that shape makes Klaviyo refuse a whole import job.
 */
export function isEmail(normalized: string): boolean {
  return normalized.length <= 254 && SHAPE.test(normalized)
}
