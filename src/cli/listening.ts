import { ConfigError } from '../core/errors.ts'

/** What `start` answers; a port that is taken or not ours is the caller's to change. @throws ConfigError */
export async function listening<T>(start: Promise<T>): Promise<T> {
  try {
    return await start
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
    const message = PROBLEMS[code]
    if (message === undefined) throw thrown
    throw new ConfigError(`listening: ${code}`, [
      { path: '--port', message, hint: 'give another, or 0 for any free one' },
    ])
  }
}

const PROBLEMS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'expected a free port; another program listens there',
  EACCES: 'expected a port that this user may use',
}
