import { toScontrinoError } from '../core/errors.ts'
import type { CliContext } from './context.ts'
import { createPaint, type Paint } from './paint.ts'
import { toTypedCommands } from './typed-commands.ts'
import { isBrokenPipe, write } from './write.ts'

/** A command's last word: a document for programs, the same as text for people, and how it went (0 unless told). */
export interface Answer {
  readonly document: unknown
  readonly text: string
  readonly exitCode?: number
}

/** What a command says on standard output, in one of two languages. */
export interface Output {
  readonly json: boolean
  readonly paint: Paint
  /** Whether the one document is out. */
  readonly answered: boolean
  /** For people only: nothing with `--json`. */
  print(text: string): Promise<void>
  /** A piece of a long answer, as it is; waits for its reader. False: the reader has gone, so there is no use in more. */
  stream(text: string, signal: AbortSignal): Promise<boolean>
  /** The one document with `--json`, else its text. The frame calls it with what a command returns. */
  answer(answer: Answer): Promise<void>
}

/** Output to a context's standard output. A reader that has gone (`| head`) is never an error. */
export function createOutput({ stdout, program }: Pick<CliContext, 'stdout' | 'program'>, json: boolean): Output {
  let answered = false
  const stream = async (text: string, signal: AbortSignal) => {
    try {
      await write(stdout, text, signal)
      return true
    } catch (thrown) {
      if (isBrokenPipe(thrown)) return false
      throw toScontrinoError(thrown, 'writing to standard output')
    }
  }
  const say = async (text: string) => {
    // Not stopped by Ctrl-C: what was found out until then is still worth saying.
    if (text !== '') await stream(text.endsWith('\n') ? text : `${text}\n`, new AbortController().signal)
  }
  return {
    json,
    paint: createPaint(stdout),
    get answered() {
      return answered
    },
    async print(text) {
      if (!json) await say(toTypedCommands(text, program))
    },
    stream,
    async answer({ document, text }) {
      answered = true
      await say(json ? JSON.stringify(document, null, 2) : toTypedCommands(text, program))
    },
  }
}
