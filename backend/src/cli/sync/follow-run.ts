import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '#backend/kernel/errors.ts'
import type { SyncRunJson } from '#contracts/sync.ts'
import { describeProgress } from './run-words.ts'

const askEveryMs = 250
const lineEveryMs = 10_000

export interface FollowOptions {
  read(): Promise<SyncRunJson | undefined>
  /** Where progress is shown: rewritten on a terminal, a line every ten seconds elsewhere. */
  output: Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>
  signal: AbortSignal
}

/** Shows how a run goes until it ends, is paused or the signal fires. @returns the run as it was last seen */
export async function followRun({ read, output, signal }: FollowOptions): Promise<SyncRunJson | undefined> {
  const isTerminal = output.isTTY === true
  let last: SyncRunJson | undefined
  let shownAt = performance.now()
  try {
    for (;;) {
      last = (await readPatiently(read)) ?? last
      if (last === undefined || signal.aborted || !['queued', 'running'].includes(last.state)) return last
      if (isTerminal) output.write(`\r\u001b[2K${describeProgress(last).slice(0, (output.columns || 80) - 1)}`)
      else if (performance.now() - shownAt >= lineEveryMs) {
        output.write(`${describeProgress(last)}\n`)
        shownAt = performance.now()
      }
      await sleep(askEveryMs, undefined, { signal }).catch(() => undefined)
    }
  } finally {
    if (isTerminal) output.write('\r\u001b[2K')
  }
}

/** The run goes on although the database was away for a moment. */
async function readPatiently(read: FollowOptions['read']): Promise<SyncRunJson | undefined> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof AppError && error.code === 'UNAVAILABLE') return undefined
    throw error
  }
}
