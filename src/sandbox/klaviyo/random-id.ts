import { randomInt } from 'node:crypto'

const SIGNS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'

/** A short id such as Klaviyo gives to segments, flows and metrics: letters and digits, a capital first. */
export function randomId(length = 6): string {
  let text = SIGNS.charAt(randomInt(24))
  while (text.length < length) text += SIGNS.charAt(randomInt(SIGNS.length))
  return text
}
