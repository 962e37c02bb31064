import { describe, expect, it } from 'vitest'
import { AppError } from '#backend/kernel/errors.ts'
import type { SyncRunJson } from '#contracts/sync.ts'
import { followRun } from './follow-run.ts'
import { describeOutbox, describeProgress, describeRun, describeStatus } from './run-words.ts'

const run: SyncRunJson = {
  id: '1',
  mode: 'full',
  state: 'running',
  requestedBy: 'Owner',
  startedAt: '2026-11-22T10:00:00Z',
  finishedAt: null,
  apiCalls: 34,
  counts: { contacts: { created: 1200, updated: 3, deleted: 0, unchanged: 9 }, notes: { created: 0, updated: 0, deleted: 0, unchanged: 4 } },
  progress: { done: 1234, total: 12_000, byEntity: {}, rowsPerSecond: 519.6, secondsLeft: 20.7 },
}
const done: SyncRunJson = { ...run, state: 'done', finishedAt: '2026-11-22T10:00:12Z' }

function terminal(isTTY: boolean, columns: number) {
  const written: string[] = []
  return { written, isTTY, columns, write: (text: string | Uint8Array) => written.push(String(text)) > 0 }
}

/** One state after the other, the last one for ever. */
function states(...list: (SyncRunJson | Error)[]): () => Promise<SyncRunJson> {
  return async () => {
    const next = list.length > 1 ? list.shift() : list[0]
    if (next instanceof Error) throw next
    return next as SyncRunJson
  }
}

describe('following a run', () => {
  it('rewrites one line on a terminal, never longer than it, and clears it at the end', async () => {
    const output = terminal(true, 40)
    expect(await followRun({ read: states(run, done), output, signal: new AbortController().signal })).toEqual(done)
    expect(output.written).toEqual(['\r\u001b[2Kfull: 1,234 of 12,000 records, 520/s, 2', '\r\u001b[2K'])
  })

  it('writes no control characters elsewhere', async () => {
    const output = terminal(false, 0)
    await followRun({ read: states(run, done), output, signal: new AbortController().signal })
    expect(output.written.join('')).not.toContain('\u001b')
  })

  it('outlives a database that is away for a moment, and no other failure', async () => {
    const output = terminal(false, 0)
    const { signal } = new AbortController()
    expect(await followRun({ read: states(run, new AppError('UNAVAILABLE', 'away'), done), output, signal })).toEqual(done)
    await expect(followRun({ read: states(run, new Error('broken')), output, signal })).rejects.toThrow('broken')
  })

  it('ends with the signal, with the run as it was', async () => {
    expect(await followRun({ read: states(run), output: terminal(false, 0), signal: AbortSignal.abort() })).toEqual(run)
  })
})

describe('in words', () => {
  it('a run says how far it is and what it waits for', () => {
    expect(describeProgress(run)).toBe('full: 1,234 of 12,000 records, 520/s, 21 s left, 34 calls')
    expect(describeProgress({ ...run, error: 'Insightly does not answer.' })).toBe(
      'full: 1,234 of 12,000 records, 520/s, 21 s left, 34 calls; Insightly does not answer.',
    )
    expect(describeProgress({ ...run, state: 'queued', progress: { done: 0, total: 0, byEntity: {}, rowsPerSecond: null, secondsLeft: null } })).toBe(
      'full: 0 records, 34 calls; waits to be taken up',
    )
  })

  it('a run that ended says what it changed, or why it failed', () => {
    expect(describeRun(done)).toBe('Full run done after 12 s, 34 calls to Insightly.\n  contacts      1,200 created, 3 updated')
    expect(describeRun({ ...done, counts: {} })).toContain('Nothing was changed here.')
    expect(describeRun({ ...done, state: 'failed', counts: {}, error: 'Insightly refuses the API key.' })).toBe(
      'Full run failed after 12 s, 34 calls to Insightly.\nInsightly refuses the API key.',
    )
  })

  it('the state names account, age, calls left and what is on its way', () => {
    const status = {
      mode: 'insightly',
      state: 'idle',
      connection: {
        url: 'https://api.na1.insightly.com/v3.1',
        account: 'Ann',
        keySource: 'environment',
        connectedAt: '2026-11-01T00:00:00Z',
        notInPlan: ['products'],
      },
      lastRun: done,
      quota: { limit: 60_000, remaining: 59_966 },
      lagSeconds: 75,
      asOf: '2026-11-22T10:00:00Z',
      nextRunAt: null,
      outbox: { pending: 2, failed: 1 },
      conflicts: 0,
      serverKey: true,
      hookUrl: null,
    } as const
    const text = describeStatus({ ...status, connection: { ...status.connection, notInPlan: [...status.connection.notInPlan] } })
    for (const part of ['as Ann', 'plan: products', '75 s ago', '59,966 of 60,000', 'on their way there: 2; failed: 1']) expect(text).toContain(part)
    expect(describeStatus({ ...status, mode: 'builtin', connection: null, serverKey: false })).toContain('Set INSIGHTLY_API_KEY')
  })

  it('the outbox names what was refused and why', () => {
    const item = {
      id: '7',
      entity: 'contacts',
      recordId: 'x',
      label: 'Ann Lee',
      operation: 'update',
      fields: ['email'],
      status: 'failed',
      attempts: 1,
      error: 'Insightly refused it.',
      canRestore: false,
      madeBy: 'Rita',
      madeAt: '2026-11-22T10:00:00Z',
    } as const
    const text = describeOutbox({ items: [{ ...item, fields: [...item.fields] }], nextCursor: null, total: 3, counts: { pending: 2, sending: 0, failed: 1 } })
    expect(text).toBe(
      '     7  failed  update of contacts "Ann Lee", by Rita at 2026-11-22T10:00:00Z; tried once; Insightly refused it.\n… and 2 more\nWaiting: 2; being sent: 0; failed: 1.',
    )
  })
})
