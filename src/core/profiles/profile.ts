/** A value Klaviyo can segment on. 0, false and '' are values. */
export type PropertyValue = string | number | boolean

/** What one profile should hold. `null` clears a property, an absent one is left alone. */
export interface ProfileUpdate {
  /** Normalised; the only identifier ever sent, so that a sync can never re-key or merge people. */
  readonly email: string
  readonly properties: Readonly<Record<string, PropertyValue | null>>
}

/** A profile as the destination has it. */
export interface RemoteProfile {
  readonly id: string
  /** Null when the remote does not say. */
  readonly updatedAt: Date | null
  /** Ours and everybody else's, as JSON. Personal data: pick what is ours, and keep nothing. */
  readonly properties: Readonly<Record<string, unknown>>
}

/** Why the destination did not take one profile, in words for a person. */
export interface ProfileRefusal {
  /** Position in the batch that was sent; null when the destination did not say. */
  readonly index: number | null
  /** The address the destination named, when it gave no position. */
  readonly email?: string
  /** The remote's code, for filtering: `invalid`, `too_large`. */
  readonly code: string
  readonly reason: string
}

/** Where an import job stands. `expired`: the remote has forgotten it. */
export interface ImportStatus {
  readonly state: 'queued' | 'processing' | 'complete' | 'cancelled' | 'expired'
  readonly total: number
  readonly completed: number
  readonly failed: number
}

/** What became of a batch when it was handed over. */
export interface ImportStart {
  /** The remote's job id; null when nothing was left to send. */
  readonly importId: string | null
  /** Rows refused at once; the others are in the job. Indexes into the batch as given. */
  readonly refused: readonly ProfileRefusal[]
  /** How many rows are neither refused nor in a job, when there is none: the remote went on refusing others. */
  readonly unsent: number
}

/** Refusal code of customers who have no profile yet, under `profiles: update-existing`. */
export const ABSENT = 'absent'
