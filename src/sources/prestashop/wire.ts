import { z } from 'zod'

/** A number in JSON in some fields and versions, digits in others. */
const id = z.union([z.int().positive(), z.string().regex(/^[1-9]\d{0,18}$/)]).transform(String)
/** `0` is nobody. */
const optionalId = z.union([z.int().min(0), z.string().regex(/^\d{1,19}$/)]).transform((value) => {
  const text = String(value)
  return /^0+$/.test(text) ? null : text
})
/** Six decimals as a rule, in the currency of the order. */
const amount = z.union([z.string(), z.number()]).transform(String)
const optionalAmount = amount.nullish().transform((value) => value ?? '0')
const flag = z
  .union([z.string(), z.number(), z.boolean()])
  .nullish()
  .transform((value) => value === true || Number(value) === 1)
const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => String(value ?? '').trim())
/** One text, or one per language. */
const texts = z
  .union([z.array(z.object({ value: text })).transform((all) => all.map(({ value }) => value)), text])
  .transform((value) => (Array.isArray(value) ? value : [value]))

/** A text as the id of something, or nothing. */
export function idOf(text: string): string | undefined {
  return id.safeParse(text).data
}

export const idRow = z.object({ id })

/** What of an order every list needs; without it a page cannot be read at all. Dates are digits of the shop’s clock. */
export const orderRow = z.looseObject({ id, date_add: z.string(), date_upd: z.string() })

/** An order of a list; what else it holds is checked when it is mapped. */
export type OrderRow = z.infer<typeof orderRow>

/** What makes orders parts of one: the cart they came from, and the reference they share. */
export const groupFields = z.object({ id_cart: optionalId, reference: text })

/** The fields of an order that are asked for and needed. */
export const orderFields = z.object({
  id,
  date_add: z.string(),
  date_upd: z.string(),
  id_customer: optionalId,
  id_currency: id,
  current_state: id,
  valid: flag,
  total_paid_tax_incl: amount,
  total_paid_tax_excl: amount,
  total_products: optionalAmount,
  total_discounts_tax_excl: optionalAmount,
  total_shipping_tax_excl: optionalAmount,
})

/** A checked order. */
export type OrderFields = z.infer<typeof orderFields>

/** A credit slip of a list; corrupt ones are of no order, and must not stop the others. */
export const slipRow = z.looseObject({
  id,
  id_order: optionalId.catch(null),
  date_add: z.string(),
  date_upd: z.string(),
})

export type SlipRow = z.infer<typeof slipRow>

/** What a credit slip gave back. */
export const slipFields = z.object({
  id,
  date_add: z.string(),
  total_products_tax_incl: optionalAmount,
  total_shipping_tax_incl: optionalAmount,
  amount: optionalAmount,
  shipping_cost_amount: optionalAmount,
})

/** An order state; `templates` are the names of its mail in the shop’s languages. */
export const stateRow = z
  .object({ id, paid: flag, logable: flag, unremovable: flag, template: texts, name: texts })
  .transform(({ template, name, ...row }) => ({ ...row, templates: template, name: name[0] ?? '' }))

export type StateRow = z.infer<typeof stateRow>

export const currencyRow = z.object({ id, iso_code: text })

/** A customer of a list. */
export const customerRow = z.looseObject({ id })

export type CustomerRow = z.infer<typeof customerRow>

/** What of a customer is read. */
export const customerFields = z.object({ id, email: text, is_guest: flag, deleted: flag })

export const configurationRow = z.object({ name: z.string(), value: text })
