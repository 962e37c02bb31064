/** Milliseconds over which the present speed is taken. */
const windowMs = 10_000
/** Below this there is nothing to tell a speed from. */
const shortestMs = 50

/** How fast an import goes. */
export interface Pace {
  /** Rows dealt with so far in this process. */
  note(rows: number): void
  /** Rows a second in the last seconds; null when unknown. */
  recent(): number | null
  /** Rows a second from the beginning; null when unknown. */
  overall(): number | null
}

/** @param nowMs a clock that only goes forward, in milliseconds */
export function createPace(nowMs: () => number = () => performance.now()): Pace {
  const started = nowMs()
  let marks: { at: number; rows: number }[] = [{ at: started, rows: 0 }]
  const since = (mark: { at: number; rows: number } | undefined): number | null => {
    const last = marks.at(-1)
    if (mark === undefined || last === undefined || last.at - mark.at < shortestMs) return null
    return Math.round(((last.rows - mark.rows) / (last.at - mark.at)) * 1000)
  }
  return {
    note(rows) {
      const at = nowMs()
      const last = marks.at(-1)
      if (last !== undefined && last.at === at) last.rows = rows
      else marks.push({ at, rows })
      const oldest = marks.findLastIndex((mark) => at - mark.at >= windowMs)
      if (oldest > 0) marks = marks.slice(oldest)
    },
    recent: () => since(marks[0]),
    overall: () => since({ at: started, rows: 0 }),
  }
}
