import { AppError } from '#backend/kernel/errors.ts'
import { readXml } from './xml-events.ts'

export interface SharedStrings {
  get(index: number): string
}

const blockBytes = 1_048_576
const maxStoredBytes = 256 * 1024 * 1024
const maxCount = 16_000_000
/** Texts that many cells share are turned into strings once. */
const keptTexts = 4096

/**
 * The texts that cells refer to by number, kept as UTF-8 outside the JavaScript heap: a million rows' worth would not fit inside it.
 * @throws AppError VALIDATION when there are more than memory is given for
 */
export async function readSharedStrings(bytes: AsyncIterable<Buffer>): Promise<SharedStrings> {
  const store = createTextStore()
  let text = ''
  let capturing = false
  let isPhonetic = false
  const listener = {
    open(name: string) {
      if (name === 'si') text = ''
      else if (name === 'rPh') isPhonetic = true
      else if (name === 't') capturing = !isPhonetic
    },
    text(part: string) {
      if (capturing) text += part
    },
    close(name: string) {
      if (name === 't') capturing = false
      else if (name === 'rPh') isPhonetic = false
      else if (name === 'si') store.add(text)
    },
  }
  for await (const _ of readXml(bytes, listener));
  return store
}

/** Texts by number, in the order they were added. */
export function createTextStore(): SharedStrings & { add(text: string): void } {
  const blocks: Buffer[] = []
  let used = blockBytes
  let stored = 0
  let count = 0
  let starts = new Float64Array(1024)
  let lengths = new Uint32Array(1024)
  const kept = new Map<number, string>()
  return {
    add(text) {
      const length = Buffer.byteLength(text)
      stored += length
      if (stored > maxStoredBytes || count === maxCount)
        throw new AppError('VALIDATION', 'The workbook holds more text than can be read at once; nothing was imported. Save the sheet as CSV and import that.')
      if (used + length > (blocks.at(-1)?.length ?? 0)) {
        blocks.push(Buffer.allocUnsafeSlow(Math.max(blockBytes, length)))
        used = 0
      }
      if (count === starts.length) {
        starts = grown(starts, new Float64Array(count * 2))
        lengths = grown(lengths, new Uint32Array(count * 2))
      }
      starts[count] = (blocks.length - 1) * 2 ** 32 + used
      lengths[count] = length
      count++
      used += blocks.at(-1)?.write(text, used) ?? 0
    },
    get(index) {
      if (!(index >= 0 && index < count)) return ''
      const known = kept.get(index)
      if (known !== undefined) return known
      const start = starts[index] as number
      const at = start % 2 ** 32
      const text = blocks[Math.floor(start / 2 ** 32)]?.toString('utf8', at, at + (lengths[index] as number)) ?? ''
      if (kept.size === keptTexts) kept.clear()
      kept.set(index, text)
      return text
    },
  }
}

function grown<T extends Float64Array | Uint32Array>(old: T, larger: T): T {
  larger.set(old)
  return larger
}
