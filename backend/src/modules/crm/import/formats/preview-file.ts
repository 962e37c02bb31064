import { headSize, readHead, type SpooledFile } from '../spool.ts'
import { type ArrivalOptions, takeIn } from './arrival.ts'

export interface PreviewTools {
  /** Keeps a whole upload: a workbook's directory is at its end. */
  spool(source: AsyncIterable<Uint8Array>): Promise<SpooledFile>
  ownAddresses(): Promise<readonly string[]>
}

/** The beginning of a file's rows, whatever its format; the caller lets go of it. @throws AppError VALIDATION */
export async function openForPreview(source: AsyncIterable<Uint8Array>, options: ArrivalOptions, tools: PreviewTools): Promise<SpooledFile> {
  const { start, whole } = await peek(source)
  const file = start.toString('latin1') === 'PK' ? await tools.spool(whole) : await readHead(whole)
  return takeIn(file, options, { spool: (content) => readHead(beginningOf(content)), ownAddresses: tools.ownAddresses })
}

async function peek(source: AsyncIterable<Uint8Array>): Promise<{ start: Buffer; whole: AsyncIterable<Uint8Array> }> {
  const iterator = source[Symbol.asyncIterator]()
  const first: Uint8Array[] = []
  let length = 0
  while (length < 2) {
    const { done, value } = await iterator.next()
    if (done) break
    first.push(value)
    length += value.length
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield* first
    yield* { [Symbol.asyncIterator]: () => iterator }
  }
  return { start: Buffer.concat(first).subarray(0, 2), whole: whole() }
}

/** Just more than is looked at, so that it is known to go on. */
async function* beginningOf(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const part of content) {
    yield part
    size += part.length
    if (size > headSize) return
  }
}
