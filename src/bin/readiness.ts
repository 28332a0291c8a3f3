import type { Readiness } from '../app/application.ts'
import type { Finding } from '../core/finding.ts'
import type { Container } from './container.ts'

/** Whether what the process stands on answers, asked now. */
export async function readiness({ ledger, queues, environment }: Container): Promise<Readiness> {
  const ask = async (name: string, question: () => Promise<unknown>) => {
    const late = new Promise((_, reject) => setTimeout(() => reject(new Error('no answer within 3 s')), 3_000).unref())
    try {
      await Promise.race([question(), late])
      return { name, ok: true, message: 'answers' }
    } catch (error) {
      return { name, ok: false, message: error instanceof Error ? error.message : 'does not answer' }
    }
  }
  const checks = await Promise.all([
    ask('postgres', () => ledger.query('select 1')),
    ask(`queue (${environment.redisUrl === null ? 'postgres' : 'redis'})`, () => queues.ping()),
  ])
  return { ready: checks.every(({ ok }) => ok), checks }
}

/** The same as findings. */
export async function checkStores(container: Container): Promise<Finding[]> {
  const { checks } = await readiness(container)
  const where = container.environment.databaseUrl === null ? 'the embedded server' : 'DATABASE_URL'
  return checks.map(({ name, ok, message }) => ({
    level: ok ? 'ok' : 'problem',
    subject: name,
    message: name === 'postgres' ? `${where} ${message}` : message,
    ...(ok ? {} : { action: 'see that the server runs and that its address is right', code: 'E_STORE' }),
  }))
}
