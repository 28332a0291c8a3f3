import type { Readable } from 'node:stream'
import type { Source } from '../../core/orders/source.ts'
import { checkFile } from './check.ts'
import { readPages } from './read-pages.ts'
import type { FileSourceConfig } from './schema.ts'

/** What a file source takes from its process. */
export interface FileSourceDependencies {
  /** Read where the path is "-". Default: the process's own. */
  readonly stdin?: Readable
}

/** A source that reads a CSV, TSV or JSON Lines file; holds nothing open between calls. */
export function createFileSource(
  name: string,
  config: FileSourceConfig,
  dependencies: FileSourceDependencies = {},
): Source {
  const { stdin = process.stdin } = dependencies
  return {
    name,
    check: (signal) => checkFile(name, config, stdin, signal),
    readOrders: (from, signal) => readPages(config, stdin, from, signal),
  }
}
