import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import { IMPORT_TABLE, type Layer } from './import-table.ts'
import type { SourceFile } from './source-file.ts'

/** One sentence per import that the table does not allow. */
export function findImportViolations(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const layer = layerOf(file.path)
    if (layer === undefined) return [`${file.path} lies in a folder that the import table does not know`]
    return file.imports.flatMap((specifier) => {
      const allowed = specifier.startsWith('.')
        ? mayImportFile(layer, file.path, posix.join(posix.dirname(file.path), specifier))
        : mayImportPackage(layer, specifier)
      return allowed
        ? []
        : [`${file.path} imports ${specifier}, which ${layer.folder} may not (test/architecture/import-table.ts)`]
    })
  })
}

function layerOf(path: string): Layer | undefined {
  return IMPORT_TABLE.find((layer) => path.startsWith(`${layer.folder}/`))
}

function mayImportFile(layer: Layer, from: string, to: string): boolean {
  const target = layerOf(to)
  // package.json of the project, for its version.
  if (target === undefined) return to === 'package.json' && layer.imports.includes('*')
  if (target === layer)
    return layer.connectors !== true || connectorOf(from) === null || connectorOf(from) === connectorOf(to)
  return layer.imports.includes('*') || layer.imports.includes(target.folder)
}

/** `file` of `src/sources/file/map.ts`; `null` for a file beside the connectors. */
function connectorOf(path: string): string | null {
  const [, , connector, file] = path.split('/')
  return file === undefined || connector === undefined ? null : connector
}

function mayImportPackage(layer: Layer, specifier: string): boolean {
  if (isBuiltin(specifier)) return true
  const name = packageOf(specifier)
  return layer.packages.some((allowed) =>
    allowed.endsWith('/*') ? name.startsWith(allowed.slice(0, -1)) : allowed === '*' || allowed === name,
  )
}

/** `libphonenumber-js` of `libphonenumber-js/min`, `@fastify/swagger` of itself. */
export function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}
