import { parseSync, Visitor } from 'oxc-parser'

/** What the architecture rules want to know about one file. */
export interface SourceFile {
  /** Relative to the project, with `/`. */
  readonly path: string
  /** Module specifiers: static, type-only, re-exported, dynamic, `import('…')` in a type, and `require`. */
  readonly imports: readonly string[]
  /** Dynamic imports of something that is computed, which no rule can follow. */
  readonly computedImports: number
  readonly readsEnvironment: boolean
}

type Specifier = { readonly type: string; readonly value?: unknown }

/** Parses a file; throws when it is not valid TypeScript. */
export function parseSourceFile(path: string, text: string): SourceFile {
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`)
  const imports: string[] = []
  let computedImports = 0
  let readsEnvironment = false
  const add = (specifier: Specifier | null | undefined) => {
    if (specifier === null || specifier === undefined) return
    if (typeof specifier.value === 'string') imports.push(specifier.value)
    else computedImports += 1
  }
  const visitor = new Visitor({
    ImportDeclaration(node) {
      add(node.source)
      const named = node.specifiers.some(
        (specifier) =>
          specifier.type === 'ImportSpecifier' &&
          specifier.imported.type === 'Identifier' &&
          specifier.imported.name === 'env',
      )
      if (/^(node:)?process$/.test(node.source.value) && named) readsEnvironment = true
    },
    ExportNamedDeclaration: (node) => add(node.source),
    ExportAllDeclaration: (node) => add(node.source),
    ImportExpression: (node) => add(node.source),
    TSImportType: (node) => add(node.source),
    TSExternalModuleReference: (node) => add(node.expression),
    CallExpression(node) {
      if (node.callee.type === 'Identifier' && node.callee.name === 'require') add(node.arguments[0])
    },
    MemberExpression(node) {
      const ofProcess = node.object.type === 'Identifier' && node.object.name === 'process'
      const property = node.property
      const name = property.type === 'Identifier' ? property.name : property.type === 'Literal' ? property.value : null
      if (ofProcess && name === 'env') readsEnvironment = true
    },
    VariableDeclarator(node) {
      if (node.init?.type !== 'Identifier' || node.init.name !== 'process' || node.id.type !== 'ObjectPattern') return
      for (const property of node.id.properties) {
        if (property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === 'env') {
          readsEnvironment = true
        }
      }
    },
  })
  visitor.visit(program)
  return { path, imports, computedImports, readsEnvironment }
}
