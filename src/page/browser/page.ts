import { fetchAdvice } from './fetch-advice.ts'
import { followRuns } from './live-runs.ts'
import { drawOverTime } from './over-time-chart.ts'
import { moveThresholds } from './thresholds.ts'

drawOverTime()
moveThresholds()
followRuns()
void fetchAdvice()
