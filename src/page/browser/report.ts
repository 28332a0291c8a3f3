import { drawOverTime } from './over-time-chart.ts'

drawOverTime()
