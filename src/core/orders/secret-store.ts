/** Where one source keeps what its shop gives it in place of a configured secret, such as a rotated token. */
export interface SecretStore {
  /** Null: nothing was kept. */
  load(): Promise<string | null>
  /** Replaces what was kept. What it is given must not be readable without a configured secret: seal it. */
  save(sealed: string): Promise<void>
}
