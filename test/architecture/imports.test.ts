import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { IMPORT_TABLE } from './import-table.ts'
import { findImportViolations, packageOf } from './import-violations.ts'
import { listFolders, PROJECT_DIR, readProjectFiles } from './project-files.ts'
import { parseSourceFile } from './source-file.ts'

const files = readProjectFiles(['src', 'jobs', 'config'])
/** It needs the path of a package that exists for one platform only. */
const MAY_COMPUTE_IMPORTS = ['src/store/postgres-server/binaries.ts']

describe('the import table', () => {
  it('is kept by every file', () => {
    expect(findImportViolations(files)).toEqual([])
  })

  it('was held against the whole project', () => {
    const paths = files.map((file) => file.path)
    expect(paths.length).toBeGreaterThan(60)
    expect(paths).toEqual(expect.arrayContaining(['src/core/errors.ts', 'src/store/database.ts', 'config/schema.ts']))
    expect(files.flatMap((file) => file.imports).length).toBeGreaterThan(paths.length)
  })

  it('has a row for every folder', () => {
    const folders = [...listFolders('src').map((name) => `src/${name}`), 'jobs', 'config']
    expect(folders.filter((folder) => !IMPORT_TABLE.some((layer) => layer.folder === folder))).toEqual([])
  })

  it.each([
    ['a static import', "import { sync } from '../app/sync.ts'"],
    ['a type-only import', "import type { Pool } from 'pg'"],
    ['a side-effect import', "import '../store/database.ts'"],
    ['a re-export', "export { migrate } from '../store/database.ts'"],
    ['a re-export of everything', "export * from '../store/database.ts'"],
    ['a dynamic import', "export const load = () => import('../store/database.ts')"],
    ['an import inside a type', "export type Pool = import('pg').Pool"],
    ['a require', "export const pg = require('pg')"],
    ['an import of a test', "import { x } from '../../test/support/redis.ts'"],
    ['a package below a scope', "import swagger from '@fastify/swagger'"],
  ])('notices %s', (_, text) => {
    expect(findImportViolations([parseSourceFile('src/core/planted.ts', text)])).toHaveLength(1)
  })

  it('notices a connector that imports its neighbour', () => {
    const planted = parseSourceFile('src/sources/shopify/planted.ts', "import { toOrder } from '../file/map.ts'")
    expect(findImportViolations([planted])).toHaveLength(1)
  })

  it('lets a connector import itself, the core and Node', () => {
    const text = `import { join } from 'node:path'
      import { toOrder } from './map.ts'
      import { parseMoney } from '../../core/money.ts'`
    expect(findImportViolations([parseSourceFile('src/sources/shopify/planted.ts', text)])).toEqual([])
  })

  it('cannot be evaded by a computed import', () => {
    const computing = files.filter((file) => file.computedImports > 0).map((file) => file.path)
    expect(computing).toEqual(MAY_COMPUTE_IMPORTS)
  })

  it('rests on packages that are installed for users, not only for developers', () => {
    const { dependencies, optionalDependencies } = JSON.parse(readFileSync(join(PROJECT_DIR, 'package.json'), 'utf8'))
    const shipped = Object.keys({ ...dependencies, ...optionalDependencies })
    const specifiers = files.flatMap((file) => file.imports).filter((name) => !name.startsWith('.') && !isBuiltin(name))
    const unshipped = new Set(specifiers.map(packageOf).filter((name) => !shipped.includes(name)))
    expect([...unshipped]).toEqual([])
  })
})
