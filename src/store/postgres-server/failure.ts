import { ConfigError, type ScontrinoError, StoreError } from '../../core/errors.ts'

const REMEDY = 'Set DATABASE_URL to a Postgres server (15 or newer) of your own'

/** The embedded server cannot be used at all here; the hint always ends in how to go on without it. */
export function noEmbeddedServer(reason: string, remedy?: string): ConfigError {
  const hint = remedy === undefined ? `${REMEDY}.` : `${REMEDY}, or ${remedy}.`
  return new ConfigError(`DATABASE_URL is not set, and the embedded Postgres cannot be used: ${reason}. ${hint}`, [
    { path: 'DATABASE_URL', message: `is not set, and the embedded Postgres cannot be used: ${reason}`, hint },
  ])
}

/** What initdb, pg_ctl or the server's log said, in plain words with the remedy. */
export function explainFailure(doing: string, output: string, folder: string): ScontrinoError {
  if (/No space left on device|Disk quota exceeded/i.test(output)) {
    return new StoreError(`${doing}: the disk that holds ${folder} is full; free some space and start again`)
  }
  if (/could not look up effective user ID/i.test(output)) {
    return noEmbeddedServer(
      'the user id this process runs as has no name on this system (see /etc/passwd)',
      'run as a user that exists',
    )
  }
  if (/Permission denied|Operation not permitted|Read-only file system/i.test(output)) {
    return noEmbeddedServer(
      `${doing}: the user that runs Postgres may not use ${folder} (${lastLine(output)})`,
      'choose a data folder that this user may write to',
    )
  }
  if (/error while loading shared libraries|Library not loaded/i.test(output)) {
    return noEmbeddedServer(
      `${doing}: its libraries are incomplete (${lastLine(output)})`,
      'install the packages again with npm ci',
    )
  }
  return new StoreError(`${doing}: ${lastLine(output)}; the whole story is in ${folder}/server.log`)
}

function lastLine(output: string): string {
  const lines = output.split('\n').filter((line) => /\S/.test(line))
  const telling = lines.findLast((line) => /FATAL|PANIC|ERROR|error:/.test(line)) ?? lines.at(-1)
  return telling?.trim() ?? 'it ended without a word'
}
