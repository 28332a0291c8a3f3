import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { AbortedError, BugError } from '../core/errors.ts'
import type { AovCell } from '../core/thresholds/aov-cell.ts'
import type { ThresholdAdvice, ThresholdRequest } from '../core/thresholds/threshold-advice.ts'
import { packCells } from './packed-cells.ts'

/** TypeScript as it lies here, JavaScript once it is built. */
const WORKER = new URL(`./threshold-worker${extname(import.meta.filename)}`, import.meta.url)

/**
 * `adviseThresholds` in a thread of its own: for a large shop it takes seconds, in which this one would answer nobody.
 * @throws AbortedError when the signal fires, which ends the thread
 */
export function adviseThresholdsAside(
  cells: readonly AovCell[],
  request: ThresholdRequest,
  signal: AbortSignal,
): Promise<ThresholdAdvice> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new AbortedError('advising thresholds: stopped'))
    const packed = packCells(cells)
    const worker = new Worker(WORKER, { workerData: { packed, request }, transferList: [packed.buffer] })
    const stop = () => {
      reject(new AbortedError('advising thresholds: stopped'))
      void worker.terminate()
    }
    signal.addEventListener('abort', stop, { once: true })
    worker.once('message', resolve)
    worker.once('error', (cause) => reject(new BugError('advising thresholds failed', {}, { cause })))
    worker.once('exit', (code) => {
      signal.removeEventListener('abort', stop)
      reject(new BugError('advising thresholds ended without advice', { code }))
    })
  })
}
