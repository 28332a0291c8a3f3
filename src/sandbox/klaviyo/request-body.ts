import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { type ApiError, invalid, tooLarge } from './errors.ts'
import { MAX_BODY_BYTES } from './limits.ts'

/** A body that was read: its JSON, or what is wrong with it. */
export type RequestBody =
  | { readonly kind: 'json'; readonly value: unknown; readonly bytes: number }
  | { readonly kind: 'refused'; readonly error: ApiError }

/** What a request without a body has. */
export const NO_BODY: RequestBody = { kind: 'json', value: undefined, bytes: 0 }

/** What Klaviyo's document says about the size of a request. */
export const BODY_TOO_LARGE = 'The maximum allowed payload size is 5MB.'

const unzip = promisify(gunzip)

/** Unpacks when `content-encoding: gzip` says so and parses JSON; never throws. The limit is on the unpacked size. */
export async function readBody(raw: Buffer, encoding: string | undefined): Promise<RequestBody> {
  if (encoding !== 'gzip') return parseJson(raw)
  return unzip(raw, { maxOutputLength: MAX_BODY_BYTES }).then(parseJson, toRefusal)
}

function parseJson(bytes: Buffer): RequestBody {
  if (bytes.length === 0) return NO_BODY
  try {
    return { kind: 'json', value: JSON.parse(bytes.toString('utf8')), bytes: bytes.length }
  } catch {
    return { kind: 'refused', error: invalid('JSON parse error: the request body is not valid JSON.') }
  }
}

function toRefusal(reason: NodeJS.ErrnoException): RequestBody {
  const isBomb = reason.code === 'ERR_BUFFER_TOO_LARGE'
  const error = isBomb ? tooLarge(BODY_TOO_LARGE) : invalid('The request body is not valid gzip.')
  return { kind: 'refused', error }
}
