import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { requestLogFields, runInRequest } from './request-context.ts'
import { currentSpan, runInSpan, type Span, startSpan, traced, traceHeaders, traceWith } from './tracing.ts'

interface Seen {
  name: string
  parent: string | undefined
  ended: unknown[]
}

let seen: Seen[]

beforeEach(() => {
  seen = []
  traceWith({
    start(name, { parent }) {
      const here: Seen = { name, parent: parent?.traceparent, ended: [] }
      seen.push(here)
      return { traceId: 'trace', traceparent: name, rename: () => undefined, set: () => undefined, end: (error) => void here.ended.push(error) }
    },
  })
})
afterEach(() => traceWith(undefined))

const request = () => startSpan('request', () => ({ kind: 'server' })) as Span

describe('spans', () => {
  it('are parts of those within which they begin, across whatever is waited for', async () => {
    const work = (name: string) =>
      traced(
        name,
        () => ({}),
        async () => {
          await sleep(1)
          await traced(
            `${name} inner`,
            () => ({}),
            async () => undefined,
          )
        },
      )
    await runInSpan(request(), () => Promise.all([work('one'), work('two')]))
    expect(seen.map(({ name, parent }) => [name, parent])).toEqual([
      ['request', undefined],
      ['one', 'request'],
      ['two', 'request'],
      ['one inner', 'one'],
      ['two inner', 'two'],
    ])
  })

  it('end with their work, and with what went wrong in it', async () => {
    const failure = new Error('broken')
    const failing = runInSpan(request(), () =>
      traced(
        'work',
        () => ({}),
        () => Promise.reject(failure),
      ),
    )
    await expect(failing).rejects.toBe(failure)
    expect(seen.map(({ name, ended }) => [name, ended])).toEqual([
      ['request', []],
      ['work', [failure]],
    ])
  })

  it('begin a trace only where a request or a job does', async () => {
    expect(startSpan('statement', () => ({ kind: 'client' }))).toBeUndefined()
    expect(
      await traced(
        'operation',
        () => ({}),
        async (span) => span,
      ),
    ).toBeUndefined()
    await traced(
      'job',
      () => ({ kind: 'consumer' }),
      async () => expect(traceHeaders()).toEqual({ traceparent: 'job' }),
    )
    expect(seen.map(({ name }) => name)).toEqual(['job'])
  })

  it('are named in the lines of the log', () => {
    const fields = runInRequest({ requestId: 'r' }, () => runInSpan(request(), requestLogFields))
    expect(fields).toEqual({ requestId: 'r', traceId: 'trace' })
  })

  it('are nowhere while nobody looks', async () => {
    const span = request()
    traceWith(undefined)
    runInSpan(span, () => expect([currentSpan(), traceHeaders(), startSpan('x', () => ({ kind: 'server' }))]).toEqual([undefined, {}, undefined]))
  })
})
