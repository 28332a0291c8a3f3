import { describe, expect, it } from 'vitest'
import { ConfigError, StoreError } from '../../src/core/errors.ts'
import { explainFailure } from '../../src/store/postgres-server/failure.ts'

const FOLDER = '/data/postgres-18'

describe('what a failing embedded server said', () => {
  it.each([
    [
      'FATAL:  could not write lock file "postmaster.pid": No space left on device',
      StoreError,
      /disk that holds .* is full/,
    ],
    ['initdb: error: could not create directory "data": Permission denied', ConfigError, /may not use .*DATABASE_URL/],
    [
      'initdb: error: could not look up effective user ID 4711: user does not exist',
      ConfigError,
      /no name.*DATABASE_URL/,
    ],
    ['postgres: error while loading shared libraries: libicuuc.so.60: cannot open', ConfigError, /libraries.*npm ci/],
    [
      'LOG:  starting\nFATAL:  something new\nLOG:  database system is shut down',
      StoreError,
      /something new.*server\.log/,
    ],
    ['', StoreError, /ended without a word/],
  ])('is told in plain words: %s', (output, errorClass, message) => {
    const error = explainFailure('starting the embedded database', output, FOLDER)
    expect(error).toBeInstanceOf(errorClass)
    expect(error.message).toMatch(message)
  })
})
