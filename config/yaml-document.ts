import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { ConfigProblem } from '../src/core/errors.ts'
import { type KeyPath, keyPathText } from './key-path.ts'

/** A parsed configuration file that remembers where everything stands. */
export interface YamlDocument {
  /** Plain mappings, lists and scalars; undefined when the syntax does not allow to tell. */
  readonly value: unknown
  /** Syntax errors and keys that occur twice. */
  readonly problems: readonly ConfigProblem[]
  /** 1-based line of a key or list item, or of the nearest thing around it that exists. */
  lineOf(path: KeyPath): number
}

/** The yaml package quotes the text in its messages, and that may be a secret: these say the same without it. */
const SYNTAX: Readonly<Record<string, string>> = {
  BAD_DQ_ESCAPE: 'a backslash in double quotes starts no known escape: write \\\\ or use single quotes',
  BAD_INDENT: 'the indentation does not fit the lines around it',
  BAD_SCALAR_START: 'text that starts with a special character must be quoted',
  BLOCK_AS_IMPLICIT_KEY: 'one line holds two keys: quote text that contains ": "',
  MISSING_CHAR: 'a character is missing here: a colon, a comma, a bracket or a closing quote',
  MULTILINE_IMPLICIT_KEY: 'a key must be on one line: is a colon missing after it?',
  MULTIPLE_DOCS: 'expected one document: remove the line ---',
  TAB_AS_INDENT: 'indentation must be made of spaces, not tabs',
  TAG_RESOLVE_FAILED: 'expected no tags (words that start with !)',
}

/** Parses YAML 1.2 text with anchors and merge keys; never throws. `file` names it in problems. */
export function parseYamlDocument(text: string, file: string): YamlDocument {
  const lines = new LineCounter()
  const document = parseDocument(text, {
    lineCounter: lines,
    merge: true,
    prettyErrors: false,
    stringKeys: true,
    uniqueKeys: false,
  })
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line)
  const lineOf = (path: KeyPath): number => lineAt(offsetOf(document, path))

  // One mistake makes the parser stumble many times; only the first place helps.
  const [error] = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0])
  if (error !== undefined) {
    const line = lineAt(error.pos[0])
    const message = SYNTAX[error.code] ?? 'this is not valid YAML'
    const problem = { path: file, line, message, hint: syntaxHint(text, line) }
    return { value: undefined, problems: [problem], lineOf }
  }
  try {
    return { value: document.toJS(), problems: duplicateKeys(document.contents, [], lineAt), lineOf }
  } catch {
    const message = 'expected an anchor (&) before each alias (*), and aliases that do not multiply'
    return { value: undefined, problems: [{ path: file, message, hint: 'quote text that starts with *' }], lineOf }
  }
}

function syntaxHint(text: string, line: number): string {
  const around = text.split('\n').slice(Math.max(0, line - 2), line)
  const bare = around.some((content) => /(?:^|[^"'$])\$\{/.test(content))
  return bare ? 'put double quotes around what refers to the variable' : 'look at this line and the one before it'
}

function offsetOf(document: Document, path: KeyPath): number {
  let node: unknown = document.contents
  let offset = 0
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document)
    if (isMap<Node, unknown>(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === step)
      if (pair === undefined) break
      offset = pair.key.range?.[0] ?? offset
      node = pair.value
    } else if (isSeq<Node>(node) && typeof step === 'number') {
      const item = node.items[step]
      offset = item?.range?.[0] ?? offset
      node = item
    } else break
  }
  return offset
}

function duplicateKeys(node: unknown, path: KeyPath, lineAt: (offset: number) => number): ConfigProblem[] {
  if (isSeq(node)) return node.items.flatMap((item, index) => duplicateKeys(item, [...path, index], lineAt))
  if (!isMap<Node, unknown>(node)) return []
  const firstLines = new Map<string, number>()
  return node.items.flatMap((pair) => {
    const key = isScalar(pair.key) ? String(pair.key.value) : ''
    const line = lineAt(pair.key.range?.[0] ?? 0)
    const inner = duplicateKeys(pair.value, [...path, key], lineAt)
    const first = firstLines.get(key)
    if (first === undefined) {
      firstLines.set(key, line)
      return inner
    }
    const place = keyPathText([...path, key])
    return [{ path: place, line, message: `the same key stands in line ${first}`, hint: 'keep one of them' }, ...inner]
  })
}
