import { defineConfig } from 'vitest/config'

/** Tests against shop servers of other people, which are installed and started for them: `npm run test:real`. */
export default defineConfig({
  test: {
    name: 'real',
    include: ['test/real/**/*.test.ts'],
    globalSetup: ['test/support/services.ts'],
    setupFiles: ['test/support/leak-check.ts'],
    reporters: ['default', './test/support/plain-summary.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 300_000,
    hookTimeout: 600_000,
  },
})
