import { schedule, validate } from 'node-cron'
import type { AccountSettings } from '../src/core/account.ts'
import { ConfigError } from '../src/core/errors.ts'
import type { Logger } from '../src/lib/logger.ts'
import type { JobQueues } from './queues.ts'

/** One account's timetable. */
export interface ScheduledAccount {
  readonly settings: AccountSettings
  readonly sources: readonly string[]
}

/**
 * Ticks each account's `schedule.sync` in its time zone and puts a sync into the queue. The tick's instant is part of
 * the job's id, so that any number of processes put in one; while the account's last sync is unfinished, none.
 */
export function startScheduler(
  accounts: readonly ScheduledAccount[],
  queues: JobQueues,
  logger: Logger,
): { close(): Promise<void> } {
  const tasks = accounts.flatMap(({ settings, sources }) => {
    const { sync } = settings.schedule
    if (sync === null) return []
    if (!validate(sync)) {
      throw new ConfigError('the schedule cannot be used', [
        {
          path: `accounts.${settings.key}.schedule.sync`,
          message: 'expected a cron expression such as "*/15 * * * *"',
        },
      ])
    }
    const task = schedule(sync, (context) => tick(settings.key, sources, context.date), { timezone: settings.timezone })
    return [task]
  })

  async function tick(account: string, sources: readonly string[], planned: Date): Promise<void> {
    // A process may be late by some milliseconds; the tick is of the second it was planned for.
    const instant = new Date(Math.floor(planned.getTime() / 1000) * 1000).toISOString()
    try {
      if (await queues.hasUnfinishedSync(account)) {
        logger.info({ account, tick: instant }, 'the last sync is not finished: this tick is left out')
        return
      }
      await queues.enqueue('sync', { account, sources, trigger: 'cron' }, `tick ${instant}`)
    } catch (error) {
      logger.error({ err: error, account, tick: instant }, 'the tick could not be put into the queue')
    }
  }

  return {
    async close() {
      await Promise.all(tasks.map((task) => task.destroy()))
    },
  }
}
