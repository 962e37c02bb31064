/** Reads a figure anew; nothing when there is none. */
export type Read<T> = () => Promise<T | null | undefined>
export type ReadFigure = Read<number>

export interface ReadInTimeOptions {
  timeoutMs: number
  /** Told of the first of several failures, and of the first success after them. */
  onChange: (failure: unknown) => void
}

/**
 * Gives a figure as it is now, or undefined when it cannot be had in time; never the one from before. Who asks while it is being read
 * gets the same; a reading that hangs is not begun a second time.
 */
export function readInTime<T>(read: Read<T>, { timeoutMs, onChange }: ReadInTimeOptions): () => Promise<T | undefined> {
  let asked: Promise<T | undefined> | undefined
  let isReading = false
  let isFailing = false

  function told(failure: unknown): void {
    const fails = failure !== undefined
    if (fails !== isFailing) onChange(failure)
    isFailing = fails
  }

  async function ask(): Promise<T | undefined> {
    isReading = true
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_done, failed) => {
      timer = setTimeout(() => failed(new Error(`A figure could not be read within ${timeoutMs} ms.`)), timeoutMs)
    })
    const reading = (async () => read())().finally(() => {
      isReading = false
    })
    try {
      const figure = await Promise.race([reading, late])
      told(undefined)
      return figure ?? undefined
    } catch (error) {
      // Whoever scrapes sees that it is missing.
      told(error)
      return undefined
    } finally {
      clearTimeout(timer)
      asked = undefined
    }
  }

  return async () => {
    // The one before hangs still.
    if (asked === undefined && isReading) return undefined
    asked ??= ask()
    return asked
  }
}
