import { RecordError } from '../core/errors.ts'
import { placeOfOrder, type RejectedRecord } from '../core/orders/order.ts'

/** What `read` makes of a field; what goes wrong there names it, unless it names a field of its own. */
export function inField<T>(field: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    throw new RecordError(error.message, { field, ...error.context })
  }
}

/** The dead letter of an order that could not be read, with the field that the error names. */
export function toRejectedOrder(externalId: string, { message, context }: RecordError): RejectedRecord {
  const { field } = context
  return { place: placeOfOrder(externalId), reason: message, ...(typeof field === 'string' && { field }) }
}
