/** Clients that work at once, as the operators' guide asks. */
export const clients = 10

/** A server runs for weeks; what it costs until its code is compiled to machine code is not what is asked about. */
export const warmUp = 1000

/**
 * Runs `total` pieces of work, ten at once, after a warm-up that is not counted.
 * @param onWarm called between the two
 * @returns the time of each, milliseconds
 */
export async function runLoad(total: number, work: (index: number) => Promise<void>, onWarm?: () => Promise<void>): Promise<number[]> {
  // What is asked seldom because it is dear is not warmed up for minutes.
  await take(0, total < 300 ? total : warmUp, work)
  await onWarm?.()
  return take(warmUp, total, work)
}

async function take(from: number, total: number, work: (index: number) => Promise<void>): Promise<number[]> {
  const durations: number[] = []
  let next = from
  const client = async () => {
    while (next < from + total) {
      const index = next++
      const started = performance.now()
      await work(index)
      durations.push(performance.now() - started)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return durations
}
