import { BugError } from '../../core/errors.ts'

const IMPORT = /^import\s*\{([^}]*)\}\s*from\s*(['"])\.\/([^'"]+)\2;?/gm
const EXPORT = /^export (?=(?:async )?function\*? (\w+)|class (\w+)|const (\w+))/gm
const NO_EXPORT = /^export \{\s*\};?$/gm
const LEFT_OVER = /^\s*(?:import|export)\b(?!\s*\()/m

/**
 * Browser modules as one script without imports, for a document that has nothing beside it: modules of a file may not
 * refer to each other, not even through an import map of `data:` addresses, whose relative names lead nowhere. Each
 * module becomes a function, called once, after those it needs. `files`: sources by name, types taken out.
 * @throws BugError for what our own modules do not do: default and star imports, cycles.
 */
export function toInlineScript(files: ReadonlyMap<string, { readonly body: string }>, entry: string): string {
  const open = new Set<string>()
  const done = new Map<string, string>()
  const add = (name: string): string => {
    const known = done.get(name)
    if (known !== undefined) return known
    const source = files.get(name)?.body
    if (source === undefined) throw new BugError(`inlining browser code: there is no module ${name}`)
    if (open.has(name)) throw new BugError(`inlining browser code: ${name} needs itself`)
    open.add(name)
    const exported: string[] = []
    const body = source
      .replace(IMPORT, (_all, names: string, _quote, other: string) => `const {${toPattern(names)}} = ${add(other)}`)
      .replace(NO_EXPORT, '')
      .replace(EXPORT, (_all, ...names: unknown[]) => {
        exported.push(...names.slice(0, 3).filter((one) => typeof one === 'string'))
        return ''
      })
    if (LEFT_OVER.test(body)) throw new BugError(`inlining browser code: ${name} imports or exports in another way`)
    const variable = `module${done.size}`
    done.set(name, variable)
    modules.push(`const ${variable} = (() => {\n${body}\nreturn {${exported.join(', ')}}\n})()`)
    return variable
  }
  const modules: string[] = []
  add(entry)
  return withoutEnd(`(() => {\n'use strict'\n${modules.join('\n')}\n})()\n`)
}

/** A script as it may stand in an element: nothing in it ends that. */
export function withoutEnd(script: string): string {
  return script.replaceAll(/<(?=\/script|!--)/gi, '\\x3c')
}

/** What is imported, as it is taken out of an object: `a as b` is `a: b` there. */
function toPattern(names: string): string {
  return names.replaceAll(/\s+as\s+/g, ': ').replaceAll(/\s+/g, ' ')
}
