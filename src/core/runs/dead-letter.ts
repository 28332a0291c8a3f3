/** A dead letter that is still open, or a task for a person. */
export interface DeadLetter {
  /** Unique in the whole ledger; by it a person closes a task. */
  readonly number: number
  /** `record`: could not be read, and goes when it can be. `task`: only a person closes it; `place` says what, `reason` why. */
  readonly kind: 'record' | 'task'
  readonly source: string
  readonly place: string
  readonly field: string
  readonly reason: string
  readonly firstSeenAt: Date
  readonly lastSeenAt: Date
}
