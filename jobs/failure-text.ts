import type { ScontrinoError } from '../src/core/errors.ts'

/** A failure as BullMQ keeps it: one line of text that can be read back. */
export function toFailureText({ code, message }: Pick<ScontrinoError, 'code' | 'message'>): string {
  return `${code}: ${message}`
}

/** The failure behind BullMQ's text; what is not ours (a job stalled too often) has the code `E_BUG`. */
export function parseFailureText(text: string): { code: string; message: string } {
  const match = /^(E_[A-Z_]+): ([\s\S]*)$/.exec(text)
  return { code: match?.[1] ?? 'E_BUG', message: match?.[2] ?? text }
}
