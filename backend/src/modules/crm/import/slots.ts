/** Lets at most `size` pieces of work run at once; the others wait their turn in order. */
export interface Slots {
  run<T>(work: () => Promise<T>): Promise<T>
  /** Whether work given now would have to wait. */
  isFull(): boolean
}

export function createSlots(size: number): Slots {
  let free = size
  const waiting: (() => void)[] = []
  return {
    isFull: () => free === 0,
    async run(work) {
      if (free > 0) free--
      else await new Promise<void>((go) => waiting.push(go))
      try {
        return await work()
      } finally {
        const next = waiting.shift()
        if (next === undefined) free++
        else next()
      }
    },
  }
}
