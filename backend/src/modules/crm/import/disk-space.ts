import { statfs } from 'node:fs/promises'
import { AppError } from '#backend/kernel/errors.ts'

/** Records, their indexes and the database's own log take a few times the room of their file. */
const timesTheFile = 3
/** A database that finds its disk full ends at once; so much is left to it. */
const reserve = 32 * 1024 * 1024

/**
 * Refuses an import that would fill the disk.
 * @param size bytes of the file
 * @throws AppError UNAVAILABLE with how much is needed and how much there is
 */
export async function requireSpace(folder: string, size: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  const needed = timesTheFile * size + reserve
  if (free >= needed) return
  const megabytes = (bytes: number) => `${Math.ceil(bytes / 1_000_000).toLocaleString('en')} MB`
  throw new AppError(
    'UNAVAILABLE',
    `The disk is full: this import needs about ${megabytes(needed)}, and ${megabytes(free)} are free. Nothing was imported; free some space and try again.`,
    { retryAfterSeconds: 60 },
  )
}
