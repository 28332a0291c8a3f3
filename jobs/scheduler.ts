import { schedule, validate } from 'node-cron'
import type { AccountSettings } from '../src/core/account.ts'
import { ConfigError } from '../src/core/errors.ts'
import type { Logger } from '../src/lib/logger.ts'
import type { JobQueues } from './queues.ts'
import { tickZone } from './tick-zone.ts'

/** One account's timetable. */
export interface ScheduledAccount {
  readonly settings: AccountSettings
  readonly sources: readonly string[]
  /** Whether sizes of segments are to be read now, and may be. */
  hasDueCounts(): Promise<boolean>
  /** Tidies the ledger; does nothing while another process does. */
  prune(): Promise<void>
}

/** A process that was busy or asleep at its tick still ticks; later than this it leaves the tick to the next one. */
const LATEST_MS = 60_000
const EVERY_MINUTE = '* * * * *'
/** At no full hour, where everybody else's work is. */
const EVERY_NIGHT = '23 3 * * *'

/**
 * Ticks each account's `schedule.sync` in its time zone and puts a sync into the queue. The tick's instant is part of
 * the job's id, so that any number of processes put in one; while the account's last sync is unfinished, none. A time of
 * day that the clock jumps over in spring has no tick that day; the next one reads what has come since.
 * Every minute it asks the ledger whether sizes of segments are due, which no queue has to remember; every night it has
 * the ledger tidied, whose history a `start` without syncs would let grow.
 */
export function startScheduler(
  accounts: readonly ScheduledAccount[],
  queues: Pick<JobQueues, 'enqueue' | 'hasUnfinished'>,
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
    const task = schedule(sync, (context) => tick(settings.key, sources, context.date), {
      timezone: tickZone(sync, settings.timezone),
      missedExecutionTolerance: LATEST_MS,
    })
    return [task]
  })

  async function tick(account: string, sources: readonly string[], planned: Date): Promise<void> {
    // Planned, not now: processes that are late by different times mean the same tick.
    const instant = planned.toISOString()
    try {
      if (await queues.hasUnfinished('sync', account)) {
        logger.info({ account, tick: instant }, 'the last sync is not finished: this tick is left out')
        return
      }
      await queues.enqueue('sync', { account, sources, trigger: 'cron' }, `tick ${instant}`)
    } catch (error) {
      logger.error({ err: error, account, tick: instant }, 'the tick could not be put into the queue')
    }
  }

  const counting = schedule(EVERY_MINUTE, (context) => countDue(context.date), {
    timezone: 'UTC',
    noOverlap: true,
    missedExecutionTolerance: LATEST_MS,
  })

  async function countDue(planned: Date): Promise<void> {
    for (const { settings, sources, hasDueCounts } of accounts) {
      const account = settings.key
      try {
        if (!(await hasDueCounts())) continue
        // A sync counts what is due by itself.
        if (await queues.hasUnfinished('sync', account)) continue
        if (await queues.hasUnfinished('count-segments', account)) continue
        await queues.enqueue('count-segments', { account, sources, trigger: 'cron' }, `tick ${planned.toISOString()}`)
      } catch (error) {
        logger.error({ err: error, account }, 'counting the members of segments could not be put into the queue')
      }
    }
  }

  const pruning = schedule(EVERY_NIGHT, pruneAll, {
    timezone: 'UTC',
    noOverlap: true,
    missedExecutionTolerance: LATEST_MS,
  })

  async function pruneAll(): Promise<void> {
    for (const { settings, prune } of accounts) {
      await prune().catch((error: unknown) => {
        logger.warn({ err: error, account: settings.key }, 'the ledger could not be tidied')
      })
    }
  }

  return {
    async close() {
      await Promise.all([...tasks, counting, pruning].map((task) => task.destroy()))
    },
  }
}
