import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Until when everything is known to have been looked at in a folder, so that a start need not look at it all. */
export interface CheckedUntil {
  /** Undefined when nobody has checked, or the folder is another one. */
  read(): Promise<Date | undefined>
  /** What happened within the hour before `at` may not have been seen yet, and is looked at again. */
  write(at: Date): Promise<void>
}

const slackMs = 3_600_000

/**
 * @param folder of the transcripts
 * @param name of the file that keeps the time there
 */
export function createCheckedUntil(folder: string, name = '.checked-until'): CheckedUntil {
  const path = join(folder, name)
  return {
    async read() {
      const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return ''
        throw error
      })
      const time = Date.parse(text)
      return Number.isNaN(time) ? undefined : new Date(time)
    },
    async write(at) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await writeFile(`${path}.new`, new Date(at.getTime() - slackMs).toISOString(), { mode: 0o600 })
      await rename(`${path}.new`, path)
    },
  }
}
