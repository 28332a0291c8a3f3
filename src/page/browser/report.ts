import { drawDistribution } from './distribution-chart.ts'
import { drawOverTime } from './over-time-chart.ts'

drawOverTime()
drawDistribution()
