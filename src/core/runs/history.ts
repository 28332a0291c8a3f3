/** What the ledger keeps of the past only for people to look at. One instance per account. */
export interface HistoryStore {
  /** Removes what nobody will ask for any more; does nothing when there is nothing. */
  prune(): Promise<void>
}
