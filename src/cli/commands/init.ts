import { relative } from 'node:path'
import { Option } from 'commander'
import { ConfigError } from '../../core/errors.ts'
import { defineCommand } from '../command.ts'
import { orUnwritable } from '../or-unwritable.ts'
import { CONFIG_SOURCES, type ConfigSource } from '../shop-kinds.ts'

/** A commented first configuration. */
export const initCommand = defineCommand<{ readonly source: ConfigSource }>({
  name: 'init',
  summary: 'Write a commented configuration file; never overwrites one',
  options: () => [
    new Option('-s, --source <type>', 'where the orders come from').choices([...CONFIG_SOURCES]).default('file'),
  ],
  examples: ['init', 'init --source shopify', 'init --source woocommerce --config shops/italy.yaml'],
  exitCodes: [70, 78],
  async run({ context, configPath, options: { source } }) {
    const shown = relative(context.cwd, configPath) || configPath
    if ((await orUnwritable('--config', shown, context.writeConfigTemplate(configPath, source))) === 'exists') {
      const hint = 'name another with --config, or remove it first'
      throw new ConfigError('nothing was written', [{ path: shown, message: 'this file exists already', hint }])
    }
    const text = [
      `Wrote ${shown}. Next:`,
      '  1. fill in the lines that are marked with ←, and set the variables it names',
      '  2. scontrino check',
      '  3. scontrino sync',
    ].join('\n')
    return { document: { written: configPath }, text }
  },
})
