/** One thing `scontrino check` found out. */
export interface Finding {
  /** `ok`: fine; `note`: good to know; `warning`: works, but look; `problem`: will not work. */
  readonly level: 'ok' | 'note' | 'warning' | 'problem'
  /** What was looked at: `klaviyo key`, `source shop`, `postgres`. */
  readonly subject: string
  readonly message: string
  /** What to do about it, for `warning` and `problem`. */
  readonly action?: string
  /** Of a source: ISO 4217 codes of the currencies its orders are in, as far as it tells. */
  readonly currencies?: readonly string[]
  /** For `problem`: the code from docs/errors.md that work would fail with; absent: `E_CONFIG`. */
  readonly code?: string
}
