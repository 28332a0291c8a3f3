import { basename } from 'node:path'
import { ConfigError, type ConfigProblem, RemoteRejectedError, type ScontrinoError } from '../../core/errors.ts'
import type { Paint } from '../paint.ts'
import { toPlainText } from './table.ts'

/** The document of a failed command. */
export interface FailureDocument {
  readonly error: { readonly code: string; readonly message: string; readonly problems?: readonly ConfigProblem[] }
}

/** What programs get to know about an error. */
export function toFailureDocument(error: ScontrinoError): FailureDocument {
  const { code, message } = error
  return { error: error instanceof ConfigError ? { code, message, problems: error.problems } : { code, message } }
}

/** What people get to read: what failed, every problem with its place, and where to read on. `file`: as it was typed. */
export function renderFailure(error: ScontrinoError, file: string, paint: Paint): string {
  if (error.code === 'E_ABORTED') return 'scontrino: stopped'
  const lines = [paint('red', toPlainText(`scontrino: ${error.message}`))]
  if (error instanceof ConfigError)
    return [...lines, ...error.problems.map((problem) => problemLine(problem, file))].join('\n')
  if (error instanceof RemoteRejectedError) {
    lines.push(
      ...error.complaints.map(({ code, pointer }) =>
        toPlainText(`  ${code}${pointer === undefined ? '' : ` at ${pointer}`}`),
      ),
    )
  }
  if (error.code === 'E_BUG')
    lines.push('A mistake of ours (E_BUG): the log above this line holds the stack, docs/errors.md says what to do.')
  else lines.push(`${error.code}: docs/errors.md says what it means and what to do.`)
  return lines.join('\n')
}

/** `scontrino.yaml:7 accounts.main.currency – expected … – hint`; the environment has no file. */
function problemLine({ path, line, message, hint }: ConfigProblem, file: string): string {
  const at = line === undefined ? file : `${file}:${line}`
  // A problem of the file as a whole has no place in it.
  const place = basename(file) === path ? at : line === undefined ? path : `${at} ${path}`
  return toPlainText(`  ${[place, message, ...(hint === undefined ? [] : [hint])].join(' – ')}`)
}
