import { describe } from 'vitest'
import { testJobs } from '../support/jobs-suite.ts'
import { testStoreNumbers } from '../support/store-suite.ts'
import { testWebhooks } from '../support/webhook-suite.ts'

describe('jobs on Postgres', () => testJobs(null))
describe('webhooks on Postgres', () => testWebhooks(null))
describe('the store’s numbers on Postgres', () => testStoreNumbers(null))
