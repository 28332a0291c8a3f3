import { describe, expect, it } from 'vitest'
import { readProjectFiles } from './project-files.ts'

const FILES = readProjectFiles(['src', 'jobs', 'config'])

/** Files that import a file of this name, wherever it is. */
function importersOf(name: string): string[] {
  return FILES.flatMap(({ path, imports }) => (imports.some((from) => from.endsWith(`/${name}`)) ? [path] : []))
}

describe('drafts of campaigns', () => {
  it('are made by the command line alone: no job, no page and no HTTP route knows how', () => {
    expect(importersOf('draft-campaign.ts')).toEqual([
      'src/bin/session.ts',
      'src/cli/context.ts',
      'src/cli/render/campaign-draft.ts',
    ])
    expect(importersOf('campaign-text.ts')).toEqual(['src/cli/commands/campaigns.ts'])
  })
})
