import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { newId } from '#backend/kernel/ids.ts'
import type { RawRow } from './row-converter.ts'

/** Bytes of a file whose rows are held in memory at once. */
const inMemoryBytes = 8_000_000
const flushLength = 65_536

/**
 * Brings the lines of each order together, wherever in the file they stand, so that an order is always written whole. A small file
 * is grouped in memory; a large one is first spread over scratch files by order number, each small enough for memory.
 * @yields batches of at least `batchSize` rows, an order's rows never apart
 */
export async function* groupOrders(batches: AsyncIterable<RawRow[]>, options: { size: number; folder: string; batchSize: number }): AsyncGenerator<RawRow[]> {
  const count = Math.ceil(options.size / inMemoryBytes)
  if (count <= 1) {
    const rows: RawRow[] = []
    for await (const batch of batches) rows.push(...batch)
    yield* batchesOfOrders(rows, options.batchSize)
    return
  }
  const buckets = await openBuckets(options.folder, count)
  try {
    for await (const batch of batches) {
      for (const row of batch) await buckets.add(bucketOf(row.raw.order_id ?? '', count), row)
    }
    await buckets.flush()
    for (const path of buckets.paths) yield* batchesOfOrders(await readBucket(path), options.batchSize)
  } finally {
    await buckets.close()
  }
}

function* batchesOfOrders(rows: readonly RawRow[], batchSize: number): Generator<RawRow[]> {
  const orders = new Map<string, RawRow[]>()
  for (const row of rows) {
    const key = row.raw.order_id ?? ''
    const order = orders.get(key)
    if (order === undefined) orders.set(key, [row])
    else order.push(row)
  }
  let batch: RawRow[] = []
  for (const order of orders.values()) {
    for (const row of order) batch.push(row)
    if (batch.length >= batchSize) {
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
}

function bucketOf(orderId: string, count: number): number {
  return createHash('sha1').update(orderId).digest().readUInt32BE(0) % count
}

async function openBuckets(folder: string, count: number) {
  await mkdir(folder, { recursive: true })
  const run = newId()
  const paths = Array.from({ length: count }, (_, index) => join(folder, `import-${run}-${index}`))
  const handles: FileHandle[] = []
  for (const path of paths) handles.push(await open(path, 'wx', 0o600))
  const texts = paths.map(() => '')
  const write = async (index: number) => {
    const text = texts[index] as string
    texts[index] = ''
    if (text !== '') await handles[index]?.writeFile(text)
  }
  return {
    paths,
    async add(index: number, row: RawRow): Promise<void> {
      texts[index] += `${JSON.stringify(row)}\n`
      if ((texts[index] as string).length > flushLength) await write(index)
    },
    async flush(): Promise<void> {
      for (const index of paths.keys()) await write(index)
    },
    async close(): Promise<void> {
      for (const handle of handles) await handle.close()
      for (const path of paths) await rm(path, { force: true })
    },
  }
}

async function readBucket(path: string): Promise<RawRow[]> {
  const rows: RawRow[] = []
  for await (const line of createInterface({ input: createReadStream(path, 'utf8') })) {
    const row = JSON.parse(line) as RawRow
    rows.push({ row: row.row, id: row.id, raw: row.raw, problem: row.problem })
  }
  return rows
}
