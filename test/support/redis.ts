import { inject } from 'vitest'

/** The run's Redis, or `null` when there is none: then skip with `describe.skipIf(redisUrl === null)`; the summary says why. */
export const redisUrl: string | null = inject('redisUrl')
