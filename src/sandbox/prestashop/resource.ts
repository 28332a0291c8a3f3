/** A row as the webservice shows it: the id a number, all else text. */
export interface Row {
  readonly id: number
  readonly [field: string]: string | number | readonly { readonly id: string; readonly value: string }[]
}

/** One kind of thing the webservice lists. */
export interface Resource {
  /** The name of its list in an answer, and of one in the answer to a look at one. */
  readonly listName: string
  readonly oneName: string
  /** Fields that may be shown, in this order. */
  readonly fields: readonly string[]
  /** Fields that are worked out when they are shown: no filter and no sort knows them. */
  readonly computed?: readonly string[]
  rows(): readonly Row[]
}
