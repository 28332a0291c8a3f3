import { type KeyPath, variableText } from './key-path.ts'

/** Environment variables by name, as a process has them. */
export type Variables = Readonly<Record<string, string | undefined>>

/** What became of the references to variables in a configuration. */
export interface Interpolated {
  /** The same structure; a key whose whole value names a variable that is unset or empty is left out. */
  readonly value: unknown
  /** Keys left out, with the variable each of them named. */
  readonly absent: readonly { readonly path: KeyPath; readonly variable: string }[]
  /** References that could not be resolved; what they stood for is still in `value`, as text. */
  readonly problems: readonly { readonly path: KeyPath; readonly message: string; readonly hint: string }[]
}

const REFERENCE = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)\}|\$\{/g
const WHOLE = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/

/**
 * Puts environment variables in place of `${NAME}` in every text of a parsed file; `$${` stands for a plain `${`. Done
 * after parsing and once, so that a variable's content can neither change the structure nor refer to another variable.
 */
export function interpolate(root: unknown, variables: Variables): Interpolated {
  const absent: { path: KeyPath; variable: string }[] = []
  const problems: { path: KeyPath; message: string; hint: string }[] = []

  function textOf(text: string, path: KeyPath): string {
    return text.replace(REFERENCE, (found, name: string | undefined) => {
      if (found === '$${') return '${'
      if (name === undefined) {
        problems.push({ path, message: 'expected a variable name and } after ${', hint: 'write $${ for a plain ${' })
        return found
      }
      const content = variables[name] ?? ''
      if (content === '') {
        const shown = variableText(name)
        problems.push({
          path,
          message: `the environment variable ${shown} is not set or empty`,
          hint: `set ${shown}, in the environment or in a file .env`,
        })
      }
      return content
    })
  }

  function visit(value: unknown, path: KeyPath): unknown {
    if (typeof value === 'string') return textOf(value, path)
    if (Array.isArray(value)) return value.map((item, index) => visit(item, [...path, index]))
    if (typeof value !== 'object' || value === null) return value
    const entries: [string, unknown][] = []
    for (const [key, inner] of Object.entries(value)) {
      const variable = typeof inner === 'string' ? WHOLE.exec(inner)?.[1] : undefined
      if (variable !== undefined && (variables[variable] ?? '') === '') absent.push({ path: [...path, key], variable })
      else entries.push([key, visit(inner, [...path, key])])
    }
    return Object.fromEntries(entries)
  }

  return { value: visit(root, []), absent, problems }
}
