/** Reads a figure anew; undefined when there is none. */
export type ReadFigure = () => Promise<number | null | undefined>

export interface ReadInTimeOptions {
  timeoutMs: number
  /** Told of the first of several failures, and of the first success after them. */
  onChange: (failure: unknown) => void
}

/**
 * Gives a figure as it is now, or undefined when it cannot be had in time; never the one from before. Who asks while it is being read
 * gets the same; a reading that hangs is not begun a second time.
 */
export function readInTime(read: ReadFigure, { timeoutMs, onChange }: ReadInTimeOptions): () => Promise<number | undefined> {
  let asked: Promise<number | undefined> | undefined
  let isReading = false
  let isFailing = false

  function told(failure: unknown): void {
    const fails = failure !== undefined
    if (fails !== isFailing) onChange(failure)
    isFailing = fails
  }

  async function ask(): Promise<number | undefined> {
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
      return typeof figure === 'number' && Number.isFinite(figure) ? figure : undefined
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
