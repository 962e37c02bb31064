import { Readable } from 'node:stream'
import { createInflateRaw } from 'node:zlib'
import { AppError } from '#backend/kernel/errors.ts'

/** A file that can be read from any position. */
export interface ByteSource {
  size: number
  readAt(position: number, length: number): Promise<Buffer>
}

export interface ZipArchive {
  has(name: string): boolean
  names(): string[]
  /** The unpacked bytes of one entry. @throws AppError VALIDATION when there are more than `maxBytes`, or more than any honest file unpacks to */
  open(name: string, maxBytes: number): AsyncIterable<Buffer>
  /** One small entry as text. @throws AppError VALIDATION */
  readText(name: string, maxBytes: number): Promise<string>
}

interface Entry {
  method: number
  encrypted: boolean
  packedSize: number
  position: number
}

const maxEntries = 65_536
const directoryBytes = 64 * 1024 * 1024
const chunkBytes = 262_144
/** Deflate can reach 1,032; spreadsheets of the same row over and over stay below this. */
const maxRatio = 400
const ratioCountsFrom = 32 * 1024 * 1024

/**
 * Reads the directory of a zip archive, ZIP64 included; entries are unpacked as they are asked for and never held whole.
 * @throws AppError VALIDATION when the archive is cut off or damaged
 */
export async function openZip(source: ByteSource): Promise<ZipArchive> {
  const entries = await readDirectory(source)
  const open = (name: string, maxBytes: number): AsyncIterable<Buffer> => {
    const entry = entries.get(name)
    if (entry === undefined) throw damaged()
    if (entry.encrypted) throw new AppError('VALIDATION', 'The file is protected by a password; save it without one and import that. Nothing was imported.')
    return unpack(source, entry, maxBytes)
  }
  return {
    has: (name) => entries.has(name),
    names: () => [...entries.keys()],
    open,
    async readText(name, maxBytes) {
      const parts: Buffer[] = []
      for await (const part of open(name, maxBytes)) parts.push(part)
      return Buffer.concat(parts)
        .toString('utf8')
        .replace(/^\ufeff/, '')
    },
  }
}

function damaged(cause?: unknown): AppError {
  return new AppError('VALIDATION', 'The file is cut off or damaged and cannot be unpacked; nothing was imported. Download or save it again.', { cause })
}

async function readDirectory(source: ByteSource): Promise<Map<string, Entry>> {
  const tailStart = Math.max(0, source.size - 65_557)
  const tail = await source.readAt(tailStart, source.size - tailStart)
  const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end < 0 || end + 22 > tail.length) throw damaged()
  let size = tail.readUInt32LE(end + 12)
  let position = tail.readUInt32LE(end + 16)
  if (position === 0xffffffff || size === 0xffffffff) {
    const locator = tail.subarray(Math.max(0, end - 20), end)
    if (locator.length < 20 || locator.readUInt32LE(0) !== 0x07064b50) throw damaged()
    const record = await source.readAt(Number(locator.readBigUInt64LE(8)), 56)
    if (record.length < 56 || record.readUInt32LE(0) !== 0x06064b50) throw damaged()
    size = Number(record.readBigUInt64LE(40))
    position = Number(record.readBigUInt64LE(48))
  }
  if (size > directoryBytes || position + size > source.size) throw damaged()
  return parseDirectory(await source.readAt(position, size))
}

function parseDirectory(bytes: Buffer): Map<string, Entry> {
  const entries = new Map<string, Entry>()
  for (let at = 0; at + 46 <= bytes.length && entries.size < maxEntries; ) {
    if (bytes.readUInt32LE(at) !== 0x02014b50) break
    const nameLength = bytes.readUInt16LE(at + 28)
    const extraLength = bytes.readUInt16LE(at + 30)
    const extra = bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength)
    const sizes = [bytes.readUInt32LE(at + 24), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42)]
    const [, packedSize = 0, position = 0] = sizes.includes(0xffffffff) ? zip64Sizes(extra, sizes) : sizes
    const name = bytes.subarray(at + 46, at + 46 + nameLength).toString('utf8')
    // Two entries of one name are a known trick to show one and unpack the other; the first counts, as for most readers.
    if (!entries.has(name)) entries.set(name, { method: bytes.readUInt16LE(at + 10), encrypted: (bytes.readUInt16LE(at + 8) & 1) === 1, packedSize, position })
    at += 46 + nameLength + extraLength + bytes.readUInt16LE(at + 32)
  }
  if (entries.size === 0) throw damaged()
  return entries
}

/** The extra field holds, in this order, only those sizes that did not fit. */
function zip64Sizes(extra: Buffer, sizes: readonly number[]): number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue
    let value = at + 4
    return sizes.map((size) => {
      if (size !== 0xffffffff || value + 8 > extra.length) return size
      value += 8
      return Number(extra.readBigUInt64LE(value - 8))
    })
  }
  return [...sizes]
}

async function* unpack(source: ByteSource, entry: Entry, maxBytes: number): AsyncGenerator<Buffer> {
  const local = await source.readAt(entry.position, 30)
  if (local.length < 30 || local.readUInt32LE(0) !== 0x04034b50) throw damaged()
  const start = entry.position + 30 + local.readUInt16LE(26) + local.readUInt16LE(28)
  if (entry.method !== 0 && entry.method !== 8) throw damaged()
  const packed = readRange(source, start, entry.packedSize)
  const limit = Math.min(maxBytes, Math.max(ratioCountsFrom, entry.packedSize * maxRatio))
  let bytes = 0
  try {
    for await (const part of entry.method === 0 ? packed : inflated(packed)) {
      bytes += part.length
      if (bytes > limit)
        throw new AppError('VALIDATION', 'The file unpacks to far more than a spreadsheet holds, so it was not read; nothing was imported. Save it as CSV.')
      yield part
    }
  } catch (error) {
    if (error instanceof AppError) throw error
    throw damaged(error)
  }
}

async function* inflated(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const source = Readable.from(packed, { objectMode: false })
  const inflate = createInflateRaw({ chunkSize: 65_536 })
  source.on('error', (error) => inflate.destroy(error))
  source.pipe(inflate)
  try {
    for await (const part of inflate) yield part as Buffer
  } finally {
    source.destroy()
    inflate.destroy()
  }
}

async function* readRange(source: ByteSource, start: number, length: number): AsyncGenerator<Buffer> {
  for (let at = start; at < start + length; ) {
    const part = await source.readAt(at, Math.min(chunkBytes, start + length - at))
    if (part.length === 0) throw damaged()
    at += part.length
    yield part
  }
}
