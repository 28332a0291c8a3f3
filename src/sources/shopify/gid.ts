/** The last part of a global id: `gid://shopify/Order/820982911946154508` → `820982911946154508`; never a number, it has 18 digits. */
export function tailOf(gid: string): string {
  return gid.slice(gid.lastIndexOf('/') + 1).split('?', 1)[0] ?? ''
}

/** `820982911946154508` → `gid://shopify/Order/820982911946154508`. */
export function toOrderGid(externalId: string): string {
  return `gid://shopify/Order/${externalId}`
}

/** Whether a text can be the last part of an order's global id. */
export function isOrderTail(text: string): boolean {
  return /^\d{1,20}$/.test(text)
}
