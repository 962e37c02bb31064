import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Until when every conversation is known to stand whole in its file, so that a start need not read them all. */
export interface CheckedUntil {
  /** Undefined when nobody has checked, or the folder is another one. */
  read(): Promise<Date | undefined>
  /** What ended within the hour before `at` may still be on its way to the disk, and is looked at again. */
  write(at: Date): Promise<void>
}

const slackMs = 3_600_000

/** @param folder of the transcripts */
export function createCheckedUntil(folder: string): CheckedUntil {
  const path = join(folder, '.checked-until')
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
