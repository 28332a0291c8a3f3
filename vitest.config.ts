import { defineConfig } from 'vitest/config'

const setupFiles = ['test/support/leak-check.ts']

export default defineConfig({
  test: {
    reporters: ['default', './test/support/plain-summary.ts'],
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'fast',
          include: ['test/{architecture,unit,contract,conformance}/**/*.test.ts'],
          setupFiles,
          testTimeout: 20_000,
          hookTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'services',
          include: ['test/{property,integration,e2e,chaos}/**/*.test.ts'],
          globalSetup: ['test/support/services.ts'],
          setupFiles,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
