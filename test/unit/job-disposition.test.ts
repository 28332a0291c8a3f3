import { describe, expect, it } from 'vitest'
import { type Disposition, dispose } from '../../jobs/disposition.ts'
import * as errors from '../../src/core/errors.ts'
import {
  AbortedError,
  AuthError,
  BugError,
  ConfigError,
  ConflictError,
  ContractError,
  RateLimitedError,
  RecordError,
  RemoteRejectedError,
  RemoteUnavailableError,
  ScontrinoError,
  StoreError,
} from '../../src/core/errors.ts'

const TABLE: readonly [ScontrinoError, Disposition][] = [
  [new ConfigError('x', []), { action: 'fail' }],
  [new AuthError('x'), { action: 'fail' }],
  [new RateLimitedError('x', 1_234), { action: 'delay', delayMs: 1_234 }],
  [new RemoteUnavailableError('x'), { action: 'retry' }],
  [new RemoteRejectedError('x', 400, []), { action: 'fail' }],
  [new ContractError('x'), { action: 'fail' }],
  [new RecordError('x'), { action: 'fail' }],
  [new ConflictError('x'), { action: 'fail' }],
  [new StoreError('x'), { action: 'retry' }],
  [new AbortedError('x'), { action: 'requeue' }],
  [new BugError('x'), { action: 'fail' }],
]

describe('what becomes of a job', () => {
  it.each(TABLE.map(([error, disposition]) => [error.code, disposition.action, error, disposition] as const))(
    'that ends with %s is: %s',
    (_code, _action, error, disposition) => {
      expect(dispose(error)).toEqual(disposition)
    },
  )

  it('is a failure when a sync would have to wait so long that it kept the next from pulling', () => {
    const inSync = { inSync: true }
    expect(dispose(new RateLimitedError('x', 15 * 60_000), inSync)).toEqual({ action: 'delay', delayMs: 900_000 })
    expect(dispose(new RateLimitedError('x', 15 * 60_000 + 1), inSync)).toEqual({ action: 'fail' })
  })

  it('is decided for every error there is', () => {
    const classes = Object.values(errors).filter(
      (one) => typeof one === 'function' && one.prototype instanceof ScontrinoError,
    )
    expect(classes.length).toBeGreaterThan(5)
    expect(new Set(TABLE.map(([error]) => error.constructor))).toEqual(new Set(classes))
  })
})
