/** Clients that work at once, as the operators' guide asks. */
export const clients = 10

/**
 * Runs `total` pieces of work, ten at once, after a short warm-up that is not counted.
 * @returns the time of each, milliseconds
 */
export async function runLoad(total: number, work: (index: number) => Promise<void>): Promise<number[]> {
  await take(clients * 3, work)
  return take(total, work)
}

async function take(total: number, work: (index: number) => Promise<void>): Promise<number[]> {
  const durations: number[] = []
  let next = 0
  const client = async () => {
    while (next < total) {
      const index = next++
      const started = performance.now()
      await work(index)
      durations.push(performance.now() - started)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return durations
}
