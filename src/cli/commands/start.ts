import { Option } from 'commander'
import { defineCommand, LEDGER_EXITS } from '../command.ts'
import { ROLES, type Role } from '../context.ts'
import { parseRoles } from '../option-values.ts'

function unscheduled(program: string): string {
  return (
    'No account has a schedule, so nothing is synced by itself: set schedule: { sync: "*/15 * * * *" }, ' +
    `or sync by ${program} sync or POST /v1/jobs/sync.\n`
  )
}

/** The process that stays: it ends only when it is told to, so that is success. */
export const startCommand = defineCommand<{ roles: readonly Role[] }>({
  name: 'start',
  summary: 'Run worker, scheduler, the page for people and the HTTP API until Ctrl-C or SIGTERM',
  options: () => [
    new Option('--roles <list>', `which of ${ROLES.join(', ')} this process runs`)
      .argParser(parseRoles)
      .default(ROLES, ROLES.join(',')),
  ],
  examples: ['start', 'start --roles worker'],
  exitCodes: LEDGER_EXITS.filter((code) => code !== 130),
  async run({ context, options: { roles }, configPath, output }) {
    const { signal } = context
    let listening: string | null = null
    let printed = Promise.resolve()
    await context.serve({
      configPath,
      roles,
      signal,
      ready: (url, isScheduled) => {
        listening = url
        printed = output.print(`Running ${roles.join(', ')}. Ctrl-C stops.`)
        // It is awaited below; until then a failure must not count as unhandled.
        printed.catch(() => {})
        if (roles.includes('scheduler') && !isScheduled) context.stderr.write(unscheduled(context.program))
        if (url !== null)
          context.stderr.write(`Listening on ${url}, where people see the page; its API is described at ${url}/docs\n`)
      },
    })
    await printed
    return { document: { roles, url: listening, stopped: true }, text: 'Stopped.' }
  },
})
