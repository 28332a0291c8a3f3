/** The account at the destination that all states speak of. */
export interface RemoteAccountStore {
  /** Null before the first push. */
  loadRemoteAccount(): Promise<{
    readonly id: string
    readonly keyFingerprint: string
    readonly checkedAt: Date
  } | null>
  saveRemoteAccount(account: { id: string; keyFingerprint: string; checkedAt: Date }): Promise<void>
  /** Another account holds nothing of ours: every profile is pending again, and no segment is known. */
  forgetRemoteStates(): Promise<void>
}
