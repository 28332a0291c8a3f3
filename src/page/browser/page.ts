import { drawDistribution } from './distribution-chart.ts'
import { followRuns } from './live-runs.ts'
import { drawOverTime } from './over-time-chart.ts'

drawOverTime()
drawDistribution()
followRuns()
