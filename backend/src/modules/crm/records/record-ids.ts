import { randomFillSync } from 'node:crypto'

const suffixBytes = 8
/** Ids of one millisecond are told apart, and kept in order, by twelve bits. */
const counterSize = 0x1000

/** Ids for many new records, made at once: UUID v7 as `newId` makes them, each greater than the one before. */
export function newIds(count: number): string[] {
  const random = randomFillSync(Buffer.allocUnsafe(count * suffixBytes))
  const startedAt = Date.now()
  const ids: string[] = new Array(count)
  for (let index = 0; index < count; index++) {
    const start = index * suffixBytes
    // The variant's two bits.
    random.writeUInt8((random.readUInt8(start) & 0x3f) | 0x80, start)
    const time = (startedAt + Math.floor(index / counterSize)).toString(16).padStart(12, '0')
    const counter = (index % counterSize).toString(16).padStart(3, '0')
    ids[index] =
      `${time.slice(0, 8)}-${time.slice(8)}-7${counter}-${random.toString('hex', start, start + 2)}-${random.toString('hex', start + 2, start + suffixBytes)}`
  }
  return ids
}
