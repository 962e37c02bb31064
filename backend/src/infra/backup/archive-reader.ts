import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import tar from 'tar-stream'
import { type ArchiveKey, blockContext, findArchiveKey } from './archive-key.ts'
import { type ArchivedStream, type ArchiveHeader, headerSchema, type Manifest, manifestSchema } from './manifest.ts'

/** Of what is unpacked at once: each piece costs a turn of the loop. */
const chunkSize = 256 * 1024
const mostEntryBytes = 64 * 1024 * 1024

/** Takes one stream of an archive; it must be read to its end. */
export type TakeStream = (name: string, content: AsyncIterable<Buffer>) => Promise<void>

export class DamagedBackup extends Error {
  constructor(what: string, cause?: unknown) {
    super(`This backup is damaged (${what}); nothing was changed. Use another one.`, cause === undefined ? undefined : { cause })
    this.name = 'DamagedBackup'
  }
}

export interface ReadArchive {
  header: ArchiveHeader
  manifest: Manifest
}

/**
 * Reads an archive from its first byte to its last, hands on its streams, and compares all of it with its manifest.
 * @throws DamagedBackup when a bit of it is not as it was written, or something is missing or added; Error for another key
 */
export async function readArchive(path: string, secrets: readonly string[], take: TakeStream): Promise<ReadArchive> {
  const seen: ArchivedStream[] = []
  let header: ArchiveHeader | undefined
  let key: ArchiveKey | undefined
  let manifest: Manifest | undefined
  let ownFailure: unknown

  async function readStream(name: string, blocks: AsyncIterable<Buffer>): Promise<void> {
    const hash = createHash('sha256')
    let bytes = 0
    async function* content() {
      const unpacked = createZstdDecompress({ chunkSize })
      const feeding = pipeline(Readable.from(blocks), unpacked)
      // What breaks it is told by what is read from it.
      feeding.catch(() => undefined)
      try {
        for await (const chunk of unpacked as AsyncIterable<Buffer>) {
          hash.update(chunk)
          bytes += chunk.length
          yield chunk
        }
        await feeding
      } catch (error) {
        // Whoever takes it passes this on; it is none of their own.
        throw new DamagedBackup((error as Error).message, error)
      }
    }
    if (name === 'manifest') {
      const chunks: Buffer[] = []
      for await (const chunk of content()) chunks.push(chunk)
      manifest = manifestSchema.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')))
      return
    }
    try {
      await take(name, content())
    } catch (error) {
      ownFailure = error
      throw error
    }
    seen.push({ name, blocks: 0, bytes, sha256: hash.digest('hex') })
  }

  try {
    const entries = entriesOf(path)
    const first = await entries.next()
    if (first.done === true || first.value.name !== 'backup.json') throw new Error('it has no beginning')
    header = headerSchema.parse(JSON.parse(first.value.content.toString('utf8')))
    try {
      key = findArchiveKey(header, secrets)
    } catch (error) {
      ownFailure = error
      throw error
    }
    const { id } = header
    const opened = key
    let next = await entries.next()
    while (next.done !== true) {
      if (manifest !== undefined) throw new Error('something follows its end')
      const stream = streamNameOf(next.value.name)
      async function* blocks(): AsyncGenerator<Buffer> {
        for (let index = 0; next.done !== true && streamNameOf(next.value.name) === stream; index += 1) {
          if (next.value.name !== `${stream}/${String(index).padStart(6, '0')}`) throw new Error(`a block of ${stream} is missing`)
          yield opened.open(blockContext(id, stream, index), next.value.content)
          next = await entries.next()
        }
      }
      await readStream(stream, blocks())
    }
  } catch (error) {
    if (error instanceof DamagedBackup) throw error
    if (ownFailure !== undefined) throw ownFailure
    // A file that is not there, or may not be read, is not damaged.
    if ((error as NodeJS.ErrnoException).syscall !== undefined) throw error
    throw new DamagedBackup((error as Error).message, error)
  }
  if (manifest === undefined) throw new DamagedBackup('its end is missing')
  compare(manifest, seen)
  return { header, manifest }
}

/** Entries whole, one after the other: each is a block of bounded size. */
async function* entriesOf(path: string): AsyncGenerator<{ name: string; content: Buffer }> {
  const source = createReadStream(path, { highWaterMark: 1024 * 1024 })
  const unpacked = createGunzip()
  const extract = tar.extract()
  source.on('error', (error) => unpacked.destroy(error))
  unpacked.on('error', (error) => extract.destroy(error))
  source.pipe(unpacked).pipe(extract)
  try {
    for await (const entry of extract) {
      const { name, size = 0 } = entry.header
      if (size > mostEntryBytes) throw new Error(`${name} is larger than any block`)
      const chunks: Buffer[] = []
      for await (const chunk of entry) chunks.push(chunk as Buffer)
      const content = Buffer.concat(chunks)
      if (content.length !== size) throw new Error(`${name} is cut off`)
      yield { name, content }
    }
  } finally {
    source.destroy()
    unpacked.destroy()
  }
}

function streamNameOf(entry: string): string {
  return entry.slice(0, entry.lastIndexOf('/'))
}

function compare(manifest: Manifest, seen: readonly ArchivedStream[]): void {
  const found = new Map(seen.map((stream) => [stream.name, stream]))
  for (const { name, bytes, sha256 } of manifest.streams) {
    const stream = found.get(name)
    // What holds nothing has no block.
    if (stream === undefined && bytes === 0) continue
    if (stream === undefined) throw new DamagedBackup(`${name} is missing`)
    if (stream.bytes !== bytes || stream.sha256 !== sha256) throw new DamagedBackup(`${name} is not what it was`)
    found.delete(name)
  }
  const [added] = found.keys()
  if (added !== undefined) throw new DamagedBackup(`${added} does not belong to it`)
}
