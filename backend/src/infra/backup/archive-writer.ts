import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createGzip, createZstdCompress } from 'node:zlib'
import tar from 'tar-stream'
import { type ArchiveKey, blockContext } from './archive-key.ts'
import type { ArchivedStream, ArchiveHeader, Manifest } from './manifest.ts'

const blockBytes = 4 * 1024 * 1024

export interface ArchiveWriter {
  /** Compresses and seals a stream, block by block; memory stays at a few blocks whatever its length. */
  add(name: string, source: AsyncIterable<Uint8Array>): Promise<ArchivedStream>
  /** Writes the manifest, and gives the file its name once it is on disk. */
  finish(manifest: Omit<Manifest, 'streams'>): Promise<void>
  /** Leaves nothing behind. */
  discard(): Promise<void>
}

/** Writes an archive under a name of its own until it is whole. */
export function createArchiveWriter(path: string, header: ArchiveHeader, key: ArchiveKey): ArchiveWriter {
  const partial = `${path}.partial`
  const pack = tar.pack()
  // Sealed blocks do not get any smaller; the form is what tools expect.
  const written = pipeline(pack, createGzip({ level: constants.Z_NO_COMPRESSION }), createWriteStream(partial, { mode: 0o600 }))
  // Whoever waits for an entry is told; this only keeps the process from ending for it.
  written.catch(() => undefined)
  const mtime = new Date(header.createdAt)
  const streams: ArchivedStream[] = []

  async function entry(name: string, content: Buffer): Promise<void> {
    const added = new Promise<void>((done, failed) =>
      pack.entry({ name, size: content.length, mtime, mode: 0o600 }, content, (error) => (error ? failed(error) : done())),
    )
    await Promise.race([added, written.then(() => Promise.reject(new Error('The archive was closed too early.')))])
  }
  const begun = entry('backup.json', Buffer.from(JSON.stringify(header)))
  begun.catch(() => undefined)

  async function addSealed(name: string, source: AsyncIterable<Uint8Array>): Promise<ArchivedStream> {
    await begun
    const hash = createHash('sha256')
    let bytes = 0
    let blocks = 0
    async function* counted() {
      for await (const chunk of source) {
        hash.update(chunk)
        bytes += chunk.length
        yield chunk
      }
    }
    const compressed = Readable.from(counted(), { objectMode: false }).compose(
      createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 1 } }),
    ) as AsyncIterable<Buffer>
    let pending: Buffer[] = []
    let pendingBytes = 0
    const flush = async () => {
      await entry(`${name}/${String(blocks).padStart(6, '0')}`, key.seal(blockContext(header.id, name, blocks), Buffer.concat(pending)))
      blocks += 1
      pending = []
      pendingBytes = 0
    }
    for await (const chunk of compressed) {
      pending.push(chunk)
      pendingBytes += chunk.length
      if (pendingBytes >= blockBytes) await flush()
    }
    if (pendingBytes > 0) await flush()
    return { name, blocks, bytes, sha256: hash.digest('hex') }
  }

  return {
    async add(name, source) {
      const stream = await addSealed(name, source)
      streams.push(stream)
      return stream
    },
    async finish(manifest) {
      await addSealed('manifest', Readable.from([Buffer.from(JSON.stringify({ ...manifest, streams }))]))
      pack.finalize()
      await written
      const file = await open(partial, 'r+')
      await file.sync()
      await file.close()
      await rename(partial, path)
    },
    async discard() {
      pack.destroy()
      await written.catch(() => undefined)
      await rm(partial, { force: true })
    },
  }
}
