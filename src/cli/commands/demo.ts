import { defineCommand } from '../command.ts'
import type { DemoStep } from '../demo-step.ts'
import { renderDemoStep } from '../render/demo-steps.ts'
import { createProgress } from '../render/progress.ts'

/** The whole job on a sample shop; needs no configuration, account or network. */
export const demoCommand = defineCommand({
  name: 'demo',
  summary: 'Play the whole job on a sample shop and a sandbox Klaviyo; nothing leaves this machine',
  options: () => [],
  examples: ['demo'],
  exitCodes: [69, 70, 78, 130],
  async run({ context, output }) {
    const progress = createProgress(context.stderr)
    const steps: Exclude<DemoStep, { kind: 'progress' }>[] = []
    // Steps come one after the other, but printing each takes as long as its reader.
    let printed = Promise.resolve()
    try {
      await context.demo({ signal: context.signal }, (step) => {
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
