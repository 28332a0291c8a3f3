import type { CliCommand } from './command.ts'
import { applyCommand } from './commands/apply.ts'
import { draftCampaignCommand } from './commands/campaigns.ts'
import { checkCommand } from './commands/check.ts'
import { customersCommand } from './commands/customers.ts'
import { demoCommand } from './commands/demo.ts'
import { explainCommand } from './commands/explain.ts'
import { forgetCommand } from './commands/forget.ts'
import { initCommand } from './commands/init.ts'
import { planCommand } from './commands/plan.ts'
import { rejectsCommand } from './commands/rejects.ts'
import { reportCommand } from './commands/report.ts'
import { retryCommand } from './commands/retry.ts'
import { runsCommand } from './commands/runs.ts'
import { sandboxKlaviyoCommand } from './commands/sandbox-klaviyo.ts'
import { sandboxShopCommands } from './commands/sandbox-shop.ts'
import { startCommand } from './commands/start.ts'
import { syncCommand } from './commands/sync.ts'
import { thresholdsCommand } from './commands/thresholds.ts'
import { webhooksCommand } from './commands/webhooks.ts'

/** Every command, in the order in which a new user meets them. */
export const COMMANDS: readonly CliCommand[] = [
  demoCommand,
  initCommand,
  checkCommand,
  syncCommand,
  planCommand,
  applyCommand,
  draftCampaignCommand,
  startCommand,
  webhooksCommand,
  reportCommand,
  thresholdsCommand,
  customersCommand,
  explainCommand,
  runsCommand,
  rejectsCommand,
  retryCommand,
  forgetCommand,
  sandboxKlaviyoCommand,
  ...sandboxShopCommands,
]
