/** Releases of what was opened, in reverse order, each once. */
export interface Releases {
  add(release: () => Promise<unknown> | unknown): void
  /** Runs them all even when one fails; the first failure is thrown at the end. Safe to call again. */
  run(): Promise<void>
}

/** Starts an empty list. */
export function createReleases(): Releases {
  const list: (() => Promise<unknown> | unknown)[] = []
  return {
    add: (release) => void list.push(release),
    async run() {
      const failures: unknown[] = []
      for (let release = list.pop(); release !== undefined; release = list.pop()) {
        try {
          await release()
        } catch (error) {
          failures.push(error)
        }
      }
      if (failures.length > 0) throw failures[0]
    },
  }
}
