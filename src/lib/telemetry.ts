import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'

/** One figure read when the metrics are asked for. */
export interface Sample {
  readonly name: string
  readonly help: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** Prometheus text of this process's own figures and of what `collect` reads at that moment. */
export function createMetrics(collect: () => Promise<readonly Sample[]>): () => Promise<string> {
  const processRegistry = new Registry()
  collectDefaultMetrics({ register: processRegistry, prefix: 'scontrino_' })
  return async () => {
    const registry = new Registry()
    for (const { name, help, labels, value } of await collect()) {
      const known = registry.getSingleMetric(name) as Gauge | undefined
      const gauge = known ?? new Gauge({ name, help, labelNames: Object.keys(labels), registers: [registry] })
      gauge.set({ ...labels }, value)
    }
    return (await processRegistry.metrics()) + (await registry.metrics())
  }
}
