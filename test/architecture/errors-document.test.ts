import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as errors from '../../src/core/errors.ts'
import { PROJECT_DIR } from './project-files.ts'

const document = readFileSync(join(PROJECT_DIR, 'docs', 'errors.md'), 'utf8')
const source = readFileSync(join(PROJECT_DIR, 'src', 'core', 'errors.ts'), 'utf8')
const LABELS = ['What it means', 'What the queue does', 'HTTP status', 'Exit code', 'What to do']

/** Class name → code, of every error the program throws on purpose. */
const codes = new Map(
  Object.entries(errors).flatMap(([name, exported]) =>
    typeof exported === 'function' && exported.prototype instanceof errors.ScontrinoError
      ? [[name, String(Reflect.construct(exported, ['message', []]).code)] as const]
      : [],
  ),
)

/** Code → the text below its heading. */
const sections = new Map(
  document
    .split(/^## /m)
    .slice(1)
    .flatMap((section) => {
      const code = /^`(E_\w+)`/.exec(section)?.[1]
      return code === undefined ? [] : [[code, section] as const]
    }),
)

describe('docs/errors.md', () => {
  it('has a section for every code, and no other', () => {
    expect(codes.size).toBeGreaterThanOrEqual(10)
    expect([...sections.keys()].sort()).toEqual([...codes.values()].sort())
  })

  it.each([...codes])('names %s beside its code and says everything about it', (name, code) => {
    const section = sections.get(code) ?? ''
    expect(section.split('\n')[0]).toBe(`\`${code}\` · ${name}`)
    expect(LABELS.filter((label) => !section.includes(`\n- **${label}:** `))).toEqual([])
  })

  it.each([...codes])('gives %s the exit code that its class documents', (name, code) => {
    const documented = new RegExp(`Exit (\\d+)\\b[^*]*\\*/\\nexport class ${name} `).exec(source)?.[1]
    const written = /\*\*Exit code:\*\* (\d+)/.exec(sections.get(code) ?? '')?.[1]
    expect(written).toBe(documented)
  })
})
