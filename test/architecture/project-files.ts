import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSourceFile, type SourceFile } from './source-file.ts'

/** The project's root folder, absolute. */
export const PROJECT_DIR = join(import.meta.dirname, '..', '..')

/** Every TypeScript file below these folders of the project, parsed, sorted by path. */
export function readProjectFiles(folders: readonly string[]): SourceFile[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(PROJECT_DIR, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.[cm]?tsx?$/.test(name))
        .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
    )
    .sort()
    .map((path) => parseSourceFile(path, readFileSync(join(PROJECT_DIR, path), 'utf8')))
}

/** Names of the folders directly in a folder of the project. */
export function listFolders(folder: string): string[] {
  return readdirSync(join(PROJECT_DIR, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}
