/** An answer of WordPress that is an error. */
export class Failure extends Error {
  readonly status: number
  readonly code: string
  readonly data: Readonly<Record<string, unknown>>

  constructor(status: number, code: string, message: string, data: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.status = status
    this.code = code
    this.data = data
  }

  /** The body as WordPress writes it. */
  toBody(): object {
    return { code: this.code, message: this.message, data: { status: this.status, ...this.data } }
  }
}

/** For a path that nothing is registered under. */
export function noRoute(): Failure {
  return new Failure(404, 'rest_no_route', 'No route was found matching the URL and request method.')
}

/** For an order that is not there. */
export function invalidOrderId(): Failure {
  return new Failure(404, 'woocommerce_rest_shop_order_invalid_id', 'Invalid ID.')
}

/** For a parameter that WordPress refuses; one it does not know is not among them. */
export function invalidParameter(name: string, why: string): Failure {
  return new Failure(400, 'rest_invalid_param', `Invalid parameter(s): ${name}`, { params: { [name]: why } })
}
