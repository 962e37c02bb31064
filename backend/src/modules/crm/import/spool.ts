import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#backend/kernel/errors.ts'
import { newId } from '#backend/kernel/ids.ts'

/** A file that has arrived whole and can be read more than once. */
export interface SpooledFile {
  size: number
  /** The first bytes, at most `headSize`. */
  head: Buffer
  /** Whether `head` is everything. */
  complete: boolean
  read(): AsyncIterable<Buffer>
  /** Bytes from a position on, fewer at the end of the file. */
  readAt(position: number, length: number): Promise<Buffer>
  /** Puts the file where it outlives this process. */
  keepAs(path: string): Promise<void>
  dispose(): Promise<void>
}

export const headSize = 1_048_576
const prefix = 'import-'

/** Keeps the first bytes only; the rest is read and let go, so that the sender is not cut off. */
export async function readHead(source: AsyncIterable<Uint8Array>): Promise<SpooledFile> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of source) {
    if (size <= headSize) chunks.push(Buffer.from(chunk))
    size += chunk.length
  }
  return inMemory(Buffer.concat(chunks).subarray(0, headSize), size <= headSize)
}

function inMemory(head: Buffer, complete: boolean): SpooledFile {
  let kept: string | undefined
  return {
    size: head.length,
    head,
    complete,
    async *read() {
      yield head
    },
    readAt: async (position, length) => head.subarray(position, position + length),
    async keepAs(path) {
      const file = await open(path, 'w', 0o600)
      try {
        await file.writeFile(head)
        await file.sync()
      } finally {
        await file.close()
      }
      kept = path
    },
    dispose: async () => {
      if (kept !== undefined) await rm(kept, { force: true })
    },
  }
}

function onDisk(firstPath: string, size: number, head: Buffer): SpooledFile {
  let path = firstPath
  return {
    size,
    head,
    complete: size <= headSize,
    read: () => createReadStream(path, { highWaterMark: 262_144 }),
    readAt: (position, length) => readPart(path, position, length),
    async keepAs(to) {
      const file = await open(path, 'r+')
      try {
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(path, to)
      path = to
    },
    dispose: () => rm(path, { force: true }),
  }
}

/** A file that an earlier process kept. */
export async function reopenSpooled(path: string): Promise<SpooledFile> {
  const { size } = await stat(path)
  return onDisk(path, size, await readPart(path, 0, Math.min(size, headSize)))
}

/**
 * Takes in a whole upload before anything is written to the database, so that a broken connection leaves nothing behind: small
 * files stay in memory, larger ones go to `folder` with mode 0600 and are removed by `dispose`.
 * @throws AppError UNAVAILABLE when the disk is full
 */
export async function spool(source: AsyncIterable<Uint8Array>, folder: string, now: Date): Promise<SpooledFile> {
  const chunks: Buffer[] = []
  let size = 0
  let head: Buffer | undefined
  const path = join(folder, `${prefix}${newId()}`)
  let file: Awaited<ReturnType<typeof open>> | undefined
  try {
    for await (const chunk of source) {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
      size += bytes.length
      if (file === undefined) {
        chunks.push(bytes)
        if (size <= headSize) continue
        await mkdir(folder, { recursive: true })
        await clearSpool(folder, now)
        file = await open(path, 'wx', 0o600)
        const start = Buffer.concat(chunks)
        head = Buffer.from(start.subarray(0, headSize))
        chunks.length = 0
        await file.writeFile(start)
      } else await file.writeFile(bytes)
    }
    if (file === undefined) return inMemory(Buffer.concat(chunks), true)
    await file.close()
  } catch (error) {
    await file?.close()
    if (file !== undefined) await rm(path, { force: true })
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
      throw new AppError('UNAVAILABLE', 'The disk is full; nothing was imported. Free some space and try again.', { cause: error, retryAfterSeconds: 60 })
    throw error
  }
  return onDisk(path, size, head as Buffer)
}

async function readPart(path: string, position: number, length: number): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, position)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** Removes what a killed process left behind: spooled files older than a day. */
async function clearSpool(folder: string, now: Date): Promise<void> {
  const names = await readdir(folder)
  for (const name of names) {
    if (!name.startsWith(prefix)) continue
    const path = join(folder, name)
    const mtime = await modifiedAt(path)
    if (mtime !== undefined && now.getTime() - mtime.getTime() > 86_400_000) await rm(path, { force: true })
  }
}

/** Undefined when another import has just removed its own file. */
async function modifiedAt(path: string): Promise<Date | undefined> {
  try {
    return (await stat(path)).mtime
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
