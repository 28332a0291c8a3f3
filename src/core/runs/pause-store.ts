/** Connectors whose key was refused. */
export interface PauseStore {
  /** The reason why a connector is paused under this key; null when it may work. */
  loadPause(connector: string, keyFingerprint: string): Promise<{ reason: string; pausedAt: Date } | null>
  pause(connector: string, keyFingerprint: string, reason: string): Promise<void>
  resume(connector: string): Promise<void>
  loadPauses(): Promise<readonly { connector: string; reason: string; pausedAt: Date }[]>
}
