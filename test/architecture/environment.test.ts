import { describe, expect, it } from 'vitest'
import { readProjectFiles } from './project-files.ts'
import { parseSourceFile } from './source-file.ts'

const files = readProjectFiles(['src', 'jobs', 'config'])

describe('the environment', () => {
  it('is read in config only', () => {
    const readers = files.filter((file) => file.readsEnvironment && !file.path.startsWith('config/'))
    expect(readers.map((file) => file.path)).toEqual([])
  })

  it('is read somewhere, or this test looks in the wrong place', () => {
    expect(files.some((file) => file.readsEnvironment)).toBe(true)
  })

  it.each([
    ['a member', 'export const home = process.env.HOME'],
    ['a computed member', "export const home = process['env']['HOME']"],
    ['destructuring', 'const { env } = process\nexport const home = env.HOME'],
    ['a named import', "import { env } from 'node:process'\nexport const home = env.HOME"],
  ])('is noticed when it is read by %s', (_, text) => {
    expect(parseSourceFile('src/core/planted.ts', text).readsEnvironment).toBe(true)
  })

  it('is not mistaken for a comment about it', () => {
    expect(parseSourceFile('src/core/planted.ts', '// process.env is not read here\nexport {}').readsEnvironment).toBe(
      false,
    )
  })
})
