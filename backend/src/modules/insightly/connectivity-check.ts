/** One thing that was looked at, as a line for people. */
export interface ConnectivityCheck {
  check: string
  status: 'ok' | 'warning' | 'problem'
  /** What was found, as part of a sentence. */
  found: string
  /** How to mend it. */
  fix?: string
}

export interface Connectivity {
  /** Nothing is a problem. */
  ok: boolean
  mode: 'insightly' | 'builtin'
  /** Address of the API; null where the CRM is the database here. */
  url: string | null
  /** Whose key it is. */
  account: string | null
  /** Milliseconds of one call, the wait for its turn left out. */
  latencyMs: { median: number; slowest: number; calls: number } | null
  /** Calls of the account's day. */
  quota: { limit: number | null; remaining: number } | null
  checks: ConnectivityCheck[]
}

/** Times in milliseconds as the median, the slowest and how many there are; null when there are none. */
export function toLatency(times: readonly number[]): Connectivity['latencyMs'] {
  const sorted = [...times].sort((a, b) => a - b)
  const [median, slowest] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted.at(-1)]
  return median === undefined || slowest === undefined ? null : { median, slowest, calls: sorted.length }
}

export function describeLatency({ median, slowest, calls }: NonNullable<Connectivity['latencyMs']>): string {
  return `${median} ms in the median of ${calls} calls, ${slowest} ms at most`
}

export function finish(result: Omit<Connectivity, 'ok'>): Connectivity {
  return { ok: result.checks.every(({ status }) => status !== 'problem'), ...result }
}
