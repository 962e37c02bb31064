import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder and those above it. Node's own `recursive` tries for ever where a file system takes no folders, as under /proc.
 * @throws NodeJS.ErrnoException when it cannot be made
 */
export function makeFolder(path: string, mode?: number): void {
  try {
    mkdirSync(path, mode === undefined ? {} : { mode })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' && statSync(path).isDirectory()) return
    const above = dirname(path)
    if (code !== 'ENOENT' || existsSync(above)) throw error
    makeFolder(above, mode)
    makeFolder(path, mode)
  }
}
