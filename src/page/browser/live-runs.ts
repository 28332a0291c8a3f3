import { followStream } from './live-stream.ts'
import { replaceContent } from './replace-content.ts'

interface Told {
  readonly now: string
  /** Absent: an older page of it is shown. */
  readonly history?: string
  readonly status: string
  /** What was asked for on this page has ended. */
  readonly isOver: boolean
}

/** Keeps a page of runs up to date while it is looked at; without a script it shows how things were when it was loaded. */
export function followRuns(): void {
  const live = document.getElementById('live')
  const url = live?.dataset['events']
  if (live === null || url === undefined) return
  followStream(url, {
    offline(isOffline) {
      const offline = document.getElementById('live-offline')
      if (offline === null) return
      offline.hidden = !isOffline
      offline.textContent = isOffline ? (live.dataset['offline'] ?? '') : ''
    },
    message(data) {
      const told = JSON.parse(data) as Told
      replaceContent('live-now', told.now)
      if (told.history !== undefined) replaceContent('live-history', told.history)
      if (told.isOver) document.getElementById('notice')?.remove()
      const status = document.getElementById('live-status')
      // Said aloud where it differs, so not at every step.
      if (status !== null && status.textContent !== told.status) status.textContent = told.status
    },
  })
}
