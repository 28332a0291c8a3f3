import { usageError } from './usage-error.ts'

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'a part of it is no folder',
  EEXIST: 'it is a file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be written',
  EPERM: 'it may not be written',
  EROFS: 'it may not be written',
  ENOSPC: 'the disk is full',
}

/** @throws a usage error where the file system refuses, for a reason that a person can do something about. */
export async function orUnwritable<T>(option: string, path: string, writing: Promise<T>): Promise<T> {
  try {
    return await writing
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? REASONS[String(error.code)] : undefined
    if (reason === undefined) throw error
    throw usageError(`${option}: ${path} cannot be written: ${reason}`)
  }
}
