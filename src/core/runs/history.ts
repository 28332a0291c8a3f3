/** What the ledger keeps of the past only for people to look at. One instance per account. */
export interface HistoryStore {
  /** Removes what nobody will ask for any more, and has the database tidied where that is due, until the signal fires. */
  prune(signal: AbortSignal): Promise<void>
}
