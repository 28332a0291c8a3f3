import { describe } from 'vitest'
import { testJobs } from '../support/jobs-suite.ts'
import { redisUrl } from '../support/redis.ts'
import { testStoreNumbers } from '../support/store-suite.ts'
import { testWebhooks } from '../support/webhook-suite.ts'

// A database of its own: other files' workers must not take these jobs.
describe.skipIf(redisUrl === null)('jobs on Redis', () => testJobs(`${redisUrl}/5`))
describe.skipIf(redisUrl === null)('webhooks on Redis', () => testWebhooks(`${redisUrl}/6`))
describe.skipIf(redisUrl === null)('the store’s numbers on Redis', () => testStoreNumbers(`${redisUrl}/7`))
