import { parentPort, workerData } from 'node:worker_threads'
import { adviseThresholds, type ThresholdRequest } from '../core/thresholds/threshold-advice.ts'
import { unpackCells } from './packed-cells.ts'

// What runs in the thread that `adviseThresholdsAside` starts.
const { packed, request } = workerData as { packed: Float64Array; request: ThresholdRequest }
parentPort?.postMessage(adviseThresholds(unpackCells(packed), request))
