import { once } from 'node:events'
import { Option } from 'commander'
import { type CliCommand, defineCommand } from '../command.ts'
import { listening } from '../listening.ts'
import { wholeNumber } from '../option-values.ts'
import { SANDBOX_SHOPS, type SandboxShop, SHOP_TITLES } from '../shop-kinds.ts'

interface SandboxOptions {
  readonly port: number
}

function explanation(shop: SandboxShop, url: string, source: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(source).map(([key, value]) => `        ${key}: ${JSON.stringify(value)}`)
  return `A sandbox of a ${SHOP_TITLES[shop]} shop answers at ${url}, with the orders of three years.

Read it with this under \`sources\` in scontrino.yaml (its keys are no secrets; see docs/sources/${shop}.md):
      shop:
${lines.join('\n')}

It forgets everything when it ends. Ctrl-C ends it.`
}

/** A shop of each platform to rehearse against; like `sandbox klaviyo`, it ends only when it is told to. */
export const sandboxShopCommands: readonly CliCommand[] = SANDBOX_SHOPS.map((shop) =>
  defineCommand<SandboxOptions>({
    name: `sandbox ${shop}`,
    summary: `Run a ${SHOP_TITLES[shop]} shop full of orders, on this machine, until Ctrl-C`,
    options: () => [
      new Option('-p, --port <number>', 'where to listen; 0 takes any free port')
        .argParser(wholeNumber(0, 65_535))
        .default(0),
    ],
    examples: [`sandbox ${shop} --port 8910`],
    exitCodes: [70, 78],
    async run({ context, options, output }) {
      const { signal } = context
      const sandbox = await listening(context.sandboxShop(shop, { port: options.port }))
      try {
        const { url, source } = sandbox
        await output.answer({ document: { url, source }, text: explanation(shop, url, source) })
        if (!signal.aborted) await once(signal, 'abort')
      } finally {
        await sandbox.close()
      }
      return 0
    },
  }),
)
