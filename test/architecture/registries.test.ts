import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listFolders, PROJECT_DIR } from './project-files.ts'
import { parseSourceFile } from './source-file.ts'

/** Connectors whose `index.ts` the registry does not import. */
function findUnregistered(connectors: readonly string[], registryText: string): string[] {
  const { imports } = parseSourceFile('registry.ts', registryText)
  return connectors.filter((name) => !imports.includes(`./${name}/index.ts`))
}

describe.each(['src/sources', 'src/destinations'])('the registry of %s', (folder) => {
  it('names every connector folder', () => {
    const path = join(PROJECT_DIR, folder, 'registry.ts')
    const connectors = listFolders(folder)
    expect(connectors.length).toBeGreaterThan(0)
    expect(existsSync(path), `${folder}/registry.ts exists`).toBe(true)
    expect(findUnregistered(connectors, readFileSync(path, 'utf8'))).toEqual([])
  })
})

it('a connector that is only mentioned in a comment is not registered', () => {
  const text = "import { createFileSource } from './file/index.ts'\n// import './shopify/index.ts'"
  expect(findUnregistered(['file', 'shopify'], text)).toEqual(['shopify'])
})
