import { Option } from 'commander'
import { defineCommand } from '../command.ts'
import type { DemoStep } from '../demo-step.ts'
import { renderDemoStep } from '../render/demo-steps.ts'
import { createProgress } from '../render/progress.ts'
import { DEMO_SHOPS, type DemoShop } from '../shop-kinds.ts'

/** The whole job on a sample shop; needs no configuration, account or network. */
export const demoCommand = defineCommand<{ readonly shop: DemoShop; readonly openDashboard?: true }>({
  name: 'demo',
  summary: 'Play the whole job on a sample shop and a sandbox Klaviyo; nothing leaves this machine',
  options: () => [
    new Option('--shop <kind>', 'what the sample shop is: a file, or a sandbox of a platform')
      .choices(DEMO_SHOPS)
      .default('file'),
    new Option('--open-dashboard', 'then serve the marketer’s page on this machine until Ctrl-C'),
  ],
  examples: ['demo', 'demo --shop shopify', 'demo --open-dashboard'],
  exitCodes: [69, 70, 78, 130],
  async run({ context, options, output }) {
    const progress = createProgress(context.stderr)
    const steps: Exclude<DemoStep, { kind: 'progress' }>[] = []
    // Steps come one after the other, but printing each takes as long as its reader.
    let printed = Promise.resolve()
    try {
      const openDashboard = options.openDashboard === true
      const ready = (url: string, token: string | null) => {
        const login = token === null ? '' : `; the token to log in with: ${token}`
        context.stderr.write(`The page is on ${url}${login}\nCtrl-C stops.\n`)
      }
      await context.demo({ shop: options.shop, openDashboard, ready, signal: context.signal }, (step) => {
        if (step.kind === 'progress') return progress.show(step.status)
        progress.end()
        steps.push(step)
        printed = printed.then(() => output.print(renderDemoStep(step, output.paint)))
        // It is awaited below; until then a failure must not count as unhandled.
        printed.catch(() => {})
      })
    } finally {
      progress.end()
    }
    await printed
    return { document: { steps }, text: '' }
  },
})
