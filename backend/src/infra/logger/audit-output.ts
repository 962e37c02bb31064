import { appendFile, open, readFile, rename, stat, truncate, writeFile } from 'node:fs/promises'

/** Where the lines of the audit chain go, exactly as they are handed over. */
export interface AuditOutput {
  append(lines: readonly string[]): Promise<void>
  /** The file behind it; without one the lines stand on the standard output and cannot be read back. */
  readonly file?: AuditFile
}

/** A file that lines are appended to; opened by its name each time, so that it may be moved aside at any moment. */
export interface AuditFile {
  readonly path: string
  /** Changes whenever anybody writes, moves or replaces the file; undefined while it is empty or missing. */
  version(): Promise<string | undefined>
  /** The last whole line; what a kill left half written behind it is cut off. */
  lastLine(): Promise<string | undefined>
  /** What `keepPosition` kept last: where an emptied file goes on. */
  position(): Promise<string | undefined>
  keepPosition(position: string): Promise<void>
  /** Moves the file aside under a name that ends so. */
  setAside(suffix: string): Promise<void>
}

/** Lines on a stream, among other lines. */
export function createAuditStream(stream: { write(text: string): unknown }): AuditOutput {
  return {
    async append(lines) {
      stream.write(lines.map((line) => `${line}\n`).join(''))
    },
  }
}

/** Lines in a file of their own. */
export function createAuditFile(path: string): AuditOutput {
  const positionPath = `${path}.position`
  return {
    append: (lines) => appendFile(path, lines.map((line) => `${line}\n`).join(''), { mode: 0o640 }),
    file: {
      path,
      async version() {
        const found = await orMissing(stat(path))
        return found === undefined || found.size === 0 ? undefined : `${found.ino}/${found.size}`
      },
      lastLine: () => lastLineOf(path),
      position: () => orMissing(readFile(positionPath, 'utf8')),
      keepPosition: (position) => writeFile(positionPath, position, { mode: 0o640 }),
      setAside: (suffix) => rename(path, `${path}.${suffix}`),
    },
  }
}

const chunkBytes = 64 * 1024

async function lastLineOf(path: string): Promise<string | undefined> {
  const file = await orMissing(open(path, 'r'))
  if (file === undefined) return undefined
  try {
    const { size } = await file.stat()
    let tail = Buffer.alloc(0)
    for (let start = size; start > 0; ) {
      const length = Math.min(chunkBytes, start)
      start -= length
      const chunk = Buffer.alloc(length)
      await file.read(chunk, 0, length, start)
      tail = Buffer.concat([chunk, tail])
      const end = tail.lastIndexOf(0x0a)
      if (end === -1) continue
      const begin = tail.lastIndexOf(0x0a, end - 1)
      if (begin === -1 && start > 0 && end > 0) continue
      if (end < tail.length - 1) await truncate(path, start + end + 1)
      return tail.subarray(begin + 1, end).toString('utf8')
    }
    if (size > 0) await truncate(path, 0)
    return undefined
  } finally {
    await file.close()
  }
}

/** Undefined for a file that is not there. */
function orMissing<T>(reading: Promise<T>): Promise<T | undefined> {
  return reading.catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}
