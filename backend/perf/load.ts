/** Clients that work at once, as the operators' guide asks. */
export const clients = 10

/** A server runs for weeks; what it costs until its code is compiled to machine code is not what is asked about. */
export const warmUp = 1000

/** What is quick has not been asked often enough by then: its code is compiled within some seconds. */
export const longWarmUp = 4000

/**
 * Runs `total` pieces of work, ten at once, after a warm-up that is not counted.
 * @param onWarm called between the two
 * @param warm how many pieces the warm-up has; what is asked seldom because it is dear is not warmed up for minutes
 * @returns the time of each, milliseconds
 */
export async function runLoad(
  total: number,
  work: (index: number) => Promise<void>,
  { onWarm, warm = total < 300 ? total : warmUp }: { onWarm?: () => Promise<void>; warm?: number } = {},
): Promise<number[]> {
  await take(0, warm, work)
  await onWarm?.()
  return take(warm, total, work)
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
