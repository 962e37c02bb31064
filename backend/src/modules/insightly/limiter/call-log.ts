import type { CallEnd } from './call-permit.ts'

/** Sends statements as one text, which PostgreSQL runs as one transaction in one round trip; tells the rows of the last one. */
export type RoundTrip = (text: string) => Promise<Record<string, unknown>[]>

export interface Waiting {
  persons: number
  syncs: number
}

export interface Turn {
  personCalls: number[]
  syncCalls: number[]
  /** Milliseconds after which to ask again. */
  waitMs: number
  /** Milliseconds for which nobody may call. */
  pausedMs: number
  /** Whether enough of the day's calls is left. */
  personOpen: boolean
  syncOpen: boolean
}

export interface LimitStanding {
  /** Calls a day, and those left of it; null until Insightly told. */
  quota: { limit: number | null; remaining: number; asOf: string } | null
  pausedMs: number
  /** Calls that count against the window now. */
  counting: number
}

export interface CallLogOptions {
  roundTrip: RoundTrip
  key: string
  /** UUID of this process. */
  process: string
  maxRequests: number
  windowMs: number
  leaseMs: number
  /** Share of the day's calls that a sync leaves to people. */
  reserveShare: number
}

export type CallLog = ReturnType<typeof createCallLog>

/** The machine's answer and the other end's clock may differ by this, on top of the window. */
const marginMs = 10

/** The log of calls in PostgreSQL, by the functions of its migration. */
export function createCallLog({ roundTrip, key, process, maxRequests, windowMs, leaseMs, reserveShare }: CallLogOptions) {
  // One text cannot carry parameters, so nothing but hexadecimal digits and numbers may get into it.
  if (!/^[0-9a-f]{32}$/.test(key) || !/^[0-9a-f-]{36}$/.test(process)) throw new Error('These calls cannot be counted.')
  const countedMs = integer(windowMs) + marginMs
  // The login role has no rights of its own. A grant that a crash forgot would be made twice, so this one waits for the disk.
  const run = (statement: string) => roundTrip(`set local role chatsg_app; ${statement}`)
  return {
    /** Says how many calls wait here, and takes those whose turn it is. */
    async take({ persons, syncs }: Waiting): Promise<Turn> {
      const [row] = await run(
        `select person_calls::text[], sync_calls::text[], wait_ms, paused_ms, person_open, sync_open from insightly_take('${key}', '${process}', ${integer(persons)}, ${integer(syncs)}, ${integer(maxRequests)}, ${countedMs}, ${integer(leaseMs)}, ${Number(reserveShare)})`,
      )
      if (row === undefined) throw new Error('The log of calls to Insightly did not answer.')
      return {
        personCalls: (row.person_calls as string[]).map(Number),
        syncCalls: (row.sync_calls as string[]).map(Number),
        waitMs: Number(row.wait_ms),
        pausedMs: Number(row.paused_ms),
        personOpen: row.person_open === true,
        syncOpen: row.sync_open === true,
      }
    },
    async end(call: number, { wasMade, quota, pauseMs = 0 }: CallEnd): Promise<void> {
      const limit = quota?.limit === undefined ? 'null' : integer(quota.limit)
      const remaining = quota === undefined ? 'null' : integer(quota.remaining)
      await run(
        `select insightly_end('${key}', ${integer(call)}, '${process}', ${wasMade === true}, ${countedMs}, ${limit}, ${remaining}, ${integer(pauseMs)})`,
      )
    },
    /** Keeps the calls of this process counting while they are on their way. */
    async renew(): Promise<void> {
      await run(`select insightly_renew('${key}', '${process}', ${countedMs}, ${integer(leaseMs)})`)
    },
    async standing(): Promise<LimitStanding> {
      const [row] = await run(`select quota_limit, quota_remaining, quota_at, paused_ms, counting from insightly_standing('${key}')`)
      if (row === undefined || row.paused_ms === null) return { quota: null, pausedMs: 0, counting: 0 }
      const { quota_limit: limit, quota_remaining: remaining, quota_at: at } = row
      return {
        quota:
          remaining === null || at === null
            ? null
            : { limit: limit === null ? null : Number(limit), remaining: Number(remaining), asOf: new Date(at as string).toISOString() },
        pausedMs: Number(row.paused_ms),
        counting: Number(row.counting),
      }
    },
  }
}

function integer(value: number): number {
  const whole = Math.ceil(value)
  if (!Number.isSafeInteger(whole) || whole < 0) throw new Error('This is not a count.')
  return whole
}
