import { createFileSource } from './file/index.ts'
import { fileSourceConfig } from './file/schema.ts'

/**
 * Every kind of source: the `type` of its configuration → its zod schema, and what makes the source from the name it
 * has in the configuration and its checked settings. A new shop platform is one folder here and one line.
 */
export const SOURCE_TYPES = {
  file: { configSchema: fileSourceConfig, createSource: createFileSource },
} as const
