const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** Stands where a ULID has its randomness, so that an id can be computed instead of stored. */
const MIDDLE = 'SCNTR1N0'

/** A ULID-like id, 26 characters: time, a constant, the sequence number. Ids sort in the order of creation. */
export function encodeProfileId(createdAtMs: number, sequence: number): string {
  return base32(createdAtMs, 10) + MIDDLE + base32(sequence, 8)
}

/** The sequence number in an id, or null when it is not one of ours. */
export function decodeSequence(id: string): number | null {
  if (id.length !== 26 || id.slice(10, 18) !== MIDDLE) return null
  let sequence = 0
  for (const sign of id.slice(18)) {
    const digit = ALPHABET.indexOf(sign)
    if (digit === -1) return null
    sequence = sequence * 32 + digit
  }
  return sequence
}

function base32(value: number, length: number): string {
  let rest = value
  let text = ''
  for (let place = 0; place < length; place++) {
    text = ALPHABET.charAt(rest % 32) + text
    rest = Math.floor(rest / 32)
  }
  return text
}
