import { followRuns } from './live-runs.ts'

followRuns()
