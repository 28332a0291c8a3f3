/** Which runs of the history are wanted. */
export interface RunFilter {
  /** Only those that began before the run of this id, which is one of the account's. */
  readonly before?: number
  /** False: without what webhooks started, of which there may be several a second. */
  readonly webhooks?: boolean
}

/** What webhooks started, in one sum. */
export interface WebhookRuns {
  /** Pieces of work on what a shop had reported. */
  readonly runs: number
  readonly failed: number
  /** Events that were worked off. */
  readonly events: number
}
