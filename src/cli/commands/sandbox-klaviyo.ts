import { once } from 'node:events'
import { Option } from 'commander'
import { defineCommand } from '../command.ts'
import { listening } from '../listening.ts'
import { parseCurrency, parseTimezone, wholeNumber } from '../option-values.ts'

interface SandboxOptions {
  readonly port: number
  readonly fast?: true
  readonly currency: string
  readonly timezone: string
}

const EXPLANATION = (url: string) => `A sandbox of Klaviyo's API answers at ${url}

Use it from another shell, with any key that starts with pk_:
  export KLAVIYO_BASE_URL=${url}
  export KLAVIYO_API_KEY=pk_sandbox
  scontrino sync

It forgets everything when it ends. Ctrl-C ends it.`

/** A Klaviyo to rehearse against; like `start`, it ends only when it is told to. */
export const sandboxKlaviyoCommand = defineCommand<SandboxOptions>({
  name: 'sandbox klaviyo',
  summary: 'Run a Klaviyo that behaves, on this machine, until Ctrl-C',
  options: () => [
    new Option('-p, --port <number>', 'where to listen; 0 takes any free port')
      .argParser(wholeNumber(0, 65_535))
      .default(0),
    new Option('--currency <code>', 'the account’s currency').argParser(parseCurrency).default('USD'),
    new Option('--timezone <name>', 'the account’s time zone').argParser(parseTimezone).default('UTC'),
    new Option('--fast', 'let its clock run, so that segments fill in seconds'),
  ],
  examples: ['sandbox klaviyo --port 8900 --fast --currency EUR --timezone Europe/Rome'],
  exitCodes: [70, 78],
  async run({ context, options, output }) {
    const { signal } = context
    const { port, currency, timezone } = options
    const sandbox = await listening(context.sandboxKlaviyo({ port, fast: options.fast === true, currency, timezone }))
    try {
      await output.answer({ document: { url: sandbox.url }, text: EXPLANATION(sandbox.url) })
      if (!signal.aborted) await once(signal, 'abort')
    } finally {
      await sandbox.close()
    }
    return 0
  },
})
