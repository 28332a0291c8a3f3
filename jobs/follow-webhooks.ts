import { ingestCustomers } from '../src/app/ingest-customers.ts'
import type { JobStart } from './job.ts'

/** What webhooks of a source say of customers and needs no shop, the job's own work apart. Counts what was done. */
export async function followWebhooks({ services, data, signal }: JobStart): Promise<Readonly<Record<string, number>>> {
  const { orders, inbox, customers } = services
  if (data.source === undefined) return {}
  return { ...(await ingestCustomers({ source: data.source, orders, inbox, customers }, signal)) }
}
