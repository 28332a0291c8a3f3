import { chmod, chown, writeFile } from 'node:fs/promises'
import type { FileOwner } from './kernel-lock.ts'

/** Writes a file that only its owner may read (0600), whoever made it before. */
export async function writeOwnedFile(path: string, text: string, owner: FileOwner | undefined): Promise<void> {
  await writeFile(path, text, { mode: 0o600 })
  await chmod(path, 0o600)
  if (owner !== undefined) await chown(path, owner.uid, owner.gid)
}
