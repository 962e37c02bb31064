import { setTimeout as sleep } from 'node:timers/promises'
import type { SyncStatus } from '#contracts/sync.ts'
import type { BareSql } from '../bare-sql.ts'
import type { HttpClient } from '../http-client.ts'
import type { FakeCall, InsightlyProcess, Rate } from '../insightly-process.ts'
import type { ServerProcess } from '../server-process.ts'

/** A server that mirrors a fake Insightly, and the ways to look at both. */
export interface Mirror {
  server: ServerProcess
  client: HttpClient
  sql: BareSql
  dataFolder: string
  insightly: InsightlyProcess
  rate: Rate
}

/** Kinds of records that are mirrored: our table, and the collection there. */
export const mirrored: Readonly<Record<string, string>> = {
  organisations: 'Organisations',
  contacts: 'Contacts',
  leads: 'Leads',
  opportunities: 'Opportunities',
  products: 'Product',
  quotes: 'Quotation',
  quote_lines: 'QuotationLineItem',
  tasks: 'Tasks',
  events: 'Events',
  notes: 'Notes',
  emails: 'Emails',
}

const stalledAfterMs = 60_000
const pollMs = 250

export function readStatus(client: HttpClient): Promise<SyncStatus> {
  return client.get('/api/crm/sync') as Promise<SyncStatus>
}

/** Waits while something moves. @throws Error when nothing has for a minute */
export async function waitUntil<T>(look: () => Promise<T>, isDone: (seen: T) => boolean): Promise<T> {
  let last = ''
  let movedAt = performance.now()
  for (;;) {
    const seen = await look()
    if (isDone(seen)) return seen
    const state = JSON.stringify(seen)
    if (state !== last) movedAt = performance.now()
    last = state
    if (performance.now() - movedAt > stalledAfterMs) throw new Error(`The mirror made no progress for ${stalledAfterMs / 1000} s: ${state.slice(0, 500)}`)
    await sleep(pollMs)
  }
}

/** Waits for the end of the newest run of this mode. @returns how long it took, in seconds, by the server's own times */
export async function finishRun(client: HttpClient, mode: string): Promise<{ seconds: number; rows: number }> {
  const run = await waitUntil(
    async () => {
      const { lastRun } = await readStatus(client)
      return lastRun === null ? null : { ...lastRun, progress: lastRun.progress.done }
    },
    (seen) => {
      if (seen?.state === 'failed') throw new Error(`The ${mode} run failed: ${seen.error}`)
      return seen?.mode === mode && seen.state === 'done'
    },
  )
  return { seconds: (Date.parse(run?.finishedAt ?? '') - Date.parse(run?.startedAt ?? '')) / 1000, rows: run?.progress ?? 0 }
}

/** Calls for records, and for everything that records refer to. */
export function sortCalls(calls: readonly FakeCall[]): { records: number; references: number; refused: number } {
  const collections = new Set(Object.values(mirrored).map((name) => name.toLowerCase()))
  const forRecords = calls.filter(({ path }) => collections.has(path.split(/[/?]/)[2]?.toLowerCase() ?? ''))
  return {
    records: forRecords.length,
    references: calls.length - forRecords.length,
    refused: calls.filter(({ status }) => status === undefined || status >= 400).length,
  }
}

/** Seconds that so many calls take at least. */
export function secondsAllowed(calls: number, { requests, windowMs }: Rate): number {
  return (calls / requests) * (windowMs / 1000)
}
