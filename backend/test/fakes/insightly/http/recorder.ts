import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One call as it arrived. */
export interface RecordedCall {
  number: number
  /** Milliseconds since 1970 with fractions, of a clock that never goes back. */
  at: number
  method: string
  path: string
  /** Undefined while it is being answered, and for ever when the answer was lost. */
  status?: number
  /** Whether it counted against the limits. */
  counted: boolean
}

export interface Recorder {
  calls(): readonly RecordedCall[]
  arrive(call: Omit<RecordedCall, 'number' | 'counted'>): RecordedCall
  finish(call: RecordedCall, status: number): void
  clear(): void
}

/** Keeps every call in memory, and in a folder also in `calls.jsonl`, so that the record outlives a kill. */
export function createRecorder(folder: string | undefined): Recorder {
  const path = folder === undefined ? undefined : join(folder, 'calls.jsonl')
  const calls: RecordedCall[] = path !== undefined && existsSync(path) ? readCalls(readFileSync(path, 'utf8')) : []
  let last = calls.at(-1)?.number ?? 0
  const write = (line: object) => {
    if (path !== undefined) appendFileSync(path, `${JSON.stringify(line)}\n`)
  }
  return {
    calls: () => calls,
    arrive(arrival) {
      const call: RecordedCall = { number: ++last, ...arrival, counted: false }
      calls.push(call)
      write(call)
      return call
    },
    finish(call, status) {
      call.status = status
      write({ number: call.number, status, counted: call.counted })
    },
    clear() {
      calls.length = 0
      write({ cleared: true })
    },
  }
}

function readCalls(text: string): RecordedCall[] {
  const byNumber = new Map<number, RecordedCall>()
  for (const line of text.split('\n').slice(0, -1)) {
    const entry = JSON.parse(line) as Partial<RecordedCall> & { cleared?: boolean }
    if (entry.cleared === true) byNumber.clear()
    const known = byNumber.get(entry.number ?? 0)
    if (known !== undefined) Object.assign(known, entry)
    else if (entry.at !== undefined) byNumber.set(entry.number ?? 0, entry as RecordedCall)
  }
  return [...byNumber.values()]
}

/** The most calls that arrived in any window: `(t - window, t]` for every arrival t. */
export function busiestWindow(calls: readonly Pick<RecordedCall, 'at'>[], windowMs: number): number {
  const times = calls.map(({ at }) => at).sort((a, b) => a - b)
  let busiest = 0
  let first = 0
  for (const [index, at] of times.entries()) {
    while ((times[first] ?? at) <= at - windowMs) first++
    busiest = Math.max(busiest, index - first + 1)
  }
  return busiest
}
