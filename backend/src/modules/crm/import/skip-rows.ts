/** The batches without their first `count` rows: those that an earlier process has dealt with. */
export async function* skipRows<T>(batches: AsyncIterable<T[]>, count: number): AsyncGenerator<T[]> {
  let left = count
  for await (const batch of batches) {
    if (left >= batch.length) left -= batch.length
    else {
      yield left === 0 ? batch : batch.slice(left)
      left = 0
    }
  }
}
