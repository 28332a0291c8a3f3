import { describe } from 'vitest'
import { testJobs } from '../support/jobs-suite.ts'

describe('jobs on Postgres', () => testJobs(null))
