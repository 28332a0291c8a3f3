/** An error as the webservice words it in JSON. Codes and texts as in PrestaShop's WebserviceRequest. */
export interface WebserviceError {
  readonly status: number
  readonly code: number
  readonly message: string
}

/** A 400 with one of the webservice's own codes. */
export function malformed(code: number, message: string): WebserviceError {
  return { status: 400, code, message }
}

/** Whether what was to be an outcome is an error. */
export function isError(outcome: object): outcome is WebserviceError {
  return 'status' in outcome && 'code' in outcome && 'message' in outcome
}
