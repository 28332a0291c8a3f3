import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDocument, visit } from 'yaml'
import { loadConfig } from '../../config/load.ts'
import { configTemplate } from '../../config/template.ts'
import { ConfigError } from '../../src/core/errors.ts'
import { SOURCE_TYPES } from '../../src/sources/registry.ts'
import { reference } from '../support/account-yaml.ts'
import { writeConfig } from '../support/write-config.ts'

const FULL = configTemplate().replace('# bands:', 'bands:')
const secrets = fc.oneof(
  fc.stringMatching(/^pk_[0-9a-f]{12,34}7$/),
  fc.stringMatching(/^[A-Za-z0-9!@#$%^&*()_+={}[\]|:;<>,.?/~-]{12,40}7$/),
  fc.stringMatching(/^[ -~]{16,30}$/).map((text) => `${text}9f3c`),
)

/** Everything a failed load lets out; empty when it does not fail. */
function whatIsTold(text: string, variables: Record<string, string>): string {
  try {
    loadConfig(writeConfig(text), variables, SOURCE_TYPES)
    return ''
  } catch (thrown) {
    if (!(thrown instanceof ConfigError)) throw thrown
    const texts = thrown.problems.flatMap(({ path, message, hint }) => [path, message, hint ?? ''])
    return [thrown.message, thrown.stack, String(thrown.cause), JSON.stringify(thrown.context), ...texts].join('\n')
  }
}

/** The file with its n-th scalar value (counted around) replaced. */
function withScalar(n: number, content: unknown): string {
  const document = parseDocument(FULL)
  const values: { value: unknown }[] = []
  visit(document, {
    Scalar(key, scalar) {
      if (key !== 'key') values.push(scalar)
    },
  })
  const chosen = values[n % values.length]
  if (chosen === undefined) throw new Error('the template has no values')
  chosen.value = content
  return document.toString()
}

describe('a secret', () => {
  test('in a variable is never told, wherever the variable is used', () => {
    fc.assert(
      fc.property(
        fc.nat(200),
        secrets,
        fc.constantFrom('', ` beside ${reference('UNSET')}`),
        (place, secret, beside) => {
          const text = withScalar(place, `${reference('SECRET')}${beside}`)
          expect(whatIsTold(text, { SECRET: secret, KLAVIYO_API_KEY: 'pk_test' })).not.toContain(secret)
        },
      ),
      { numRuns: 150 },
    )
  })

  test('written into the file is never told, wherever it stands', () => {
    fc.assert(
      fc.property(fc.nat(200), secrets, (place, secret) => {
        expect(whatIsTold(withScalar(place, secret), {})).not.toContain(secret)
      }),
      { numRuns: 150 },
    )
  })

  test('is never told when it breaks the syntax or takes the place of a key', () => {
    const lines = FULL.split('\n')
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.nat(60), secrets, (line, column, secret) => {
        const broken = lines.map((text, index) => {
          return index === line ? text.slice(0, column) + secret + text.slice(column) : text
        })
        const told = whatIsTold(broken.join('\n'), { KLAVIYO_API_KEY: 'pk_test' })
        expect(told).not.toContain(secret)
      }),
      { numRuns: 300 },
    )
  })

  test('takes part in every one of these tests', () => {
    expect(whatIsTold(withScalar(2, 'x'), {})).toContain('KLAVIYO')
    expect(whatIsTold(FULL, {})).toContain('KLAVIYO_API_KEY is not set')
  })
})
