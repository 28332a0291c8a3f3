import { relative } from 'node:path'
import { ConfigError } from '../../core/errors.ts'
import { defineCommand } from '../command.ts'

/** A commented first configuration. */
export const initCommand = defineCommand({
  name: 'init',
  summary: 'Write a commented configuration file; never overwrites one',
  options: () => [],
  examples: ['init', 'init --config shops/italy.yaml'],
  exitCodes: [70, 78],
  async run({ context, configPath }) {
    const shown = relative(context.cwd, configPath) || configPath
    if ((await context.writeConfigTemplate(configPath)) === 'exists') {
      const hint = 'name another with --config, or remove it first'
      throw new ConfigError('nothing was written', [{ path: shown, message: 'this file exists already', hint }])
    }
    const text = [
      `Wrote ${shown}. Next:`,
      '  1. fill in the lines that are marked with ←',
      '  2. scontrino check',
      '  3. scontrino sync',
    ].join('\n')
    return { document: { written: configPath }, text }
  },
})
