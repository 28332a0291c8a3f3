import { createInterface } from 'node:readline'
import { throwIfAborted } from '../core/errors.ts'
import type { CliContext } from './context.ts'
import type { Output } from './output.ts'

/** Whether somebody is there to answer; a program that reads JSON is nobody. */
export function canAsk({ stdin, stderr }: Pick<CliContext, 'stdin' | 'stderr'>, { json }: Output): boolean {
  return stdin.isTTY === true && stderr.isTTY === true && !json
}

/** Asks on standard error, so that standard output holds the answer only. Anything but `y` or `yes` is no. */
export async function confirm(
  question: string,
  { stdin, stderr, signal }: Pick<CliContext, 'stdin' | 'stderr' | 'signal'>,
): Promise<boolean> {
  stderr.write(`${question} [y/N] `)
  // An end that was typed at an earlier question is never told again.
  if (stdin.readableEnded) return false
  // As a terminal it would swallow Ctrl-C.
  const lines = createInterface({ input: stdin, terminal: false, signal })
  try {
    for await (const line of lines) return /^y(es)?$/i.test(line.trim())
    throwIfAborted(signal, 'waiting for your answer')
    return false
  } finally {
    lines.close()
  }
}
