import type { z } from 'zod'
import type { SecretStore } from '../core/orders/secret-store.ts'
import type { Source } from '../core/orders/source.ts'

/** What a source may be given beside its configuration. */
export interface SourceDependencies {
  readonly secrets: SecretStore
}

/** One kind of source. */
export interface SourceType {
  readonly configSchema: z.ZodType
  /** `config` is what the schema made of an entry of `sources`; holds nothing open. */
  open(name: string, config: unknown, dependencies: SourceDependencies): Source
}

/** Puts a kind's schema and maker together, so that the one's output is the other's input. */
export function defineSourceType<T>(
  configSchema: z.ZodType<T>,
  create: (name: string, config: T, dependencies: SourceDependencies) => Source,
): SourceType {
  return { configSchema, open: (name, config, dependencies) => create(name, configSchema.parse(config), dependencies) }
}
