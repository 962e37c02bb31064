import { describe, expect, it } from 'vitest'
import { createMetrics } from './metrics.ts'
import type { ReadFigure } from './read-in-time.ts'

function open() {
  const lines: string[] = []
  const logger = { info: (_fields: unknown, text: string) => void lines.push(text), warn: (_fields: unknown, text: string) => void lines.push(text) } as never
  const metrics = createMetrics({ logger, figureTimeoutMs: 30 })
  const samples = async (name: string) => (await metrics.text()).split('\n').filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
  return { metrics, samples, lines }
}

describe('metrics', () => {
  it('are of one registry each', async () => {
    const [one, other] = [open(), open()]
    one.metrics.countJob('insightly_sync', 'done')
    expect(await one.samples('jobs_total')).toEqual(['jobs_total{queue="insightly_sync",outcome="done"} 1'])
    expect(await other.samples('jobs_total')).toEqual([])
  })

  it('fold methods and places that nobody knows', async () => {
    const { metrics, samples } = open()
    for (const method of ['PROPFIND', 'MKCOL']) metrics.observeRequest({ method, route: undefined, status: 404, seconds: 0.002 })
    expect(await samples('http_request_duration_seconds_count')).toEqual(['http_request_duration_seconds_count{method="other",route="unknown",status="404"} 2'])
  })

  it('tell apart what took longer than an alert allows', async () => {
    const { metrics, samples } = open()
    metrics.observeOperation({ operation: 'contacts.list', status: 'ok', seconds: 11 })
    const buckets = await samples('crm_request_duration_seconds_bucket')
    const countOf = (le: string) =>
      Number(
        buckets
          .find((line) => line.includes(`le="${le}"`))
          ?.split(' ')
          .at(-1),
      )
    expect([countOf('10'), countOf('20'), countOf('+Inf')]).toEqual([0, 1, 1])
  })

  it('count answers that were made, and every question that was taken', async () => {
    const { metrics, samples } = open()
    for (const outcome of ['done', 'failed', 'stopped', 'done']) metrics.observeAnswer({ agent: 'sales', answeredBy: 'planner', outcome })
    expect(await samples('chat_answers_total')).toEqual(['chat_answers_total{agent="sales",answered_by="planner"} 2'])
    expect(await samples('agent_tasks_total')).toEqual([
      'agent_tasks_total{agent="sales",outcome="done"} 2',
      'agent_tasks_total{agent="sales",outcome="failed"} 1',
      'agent_tasks_total{agent="sales",outcome="stopped"} 1',
    ])
  })

  it('count calls to Insightly as its client tells them', async () => {
    const { metrics, samples } = open()
    metrics.insightly.countCall({ operation: 'list', object: 'Contacts', outcome: 'ok', durationMs: 250 })
    metrics.insightly.countCall({ operation: 'list', object: 'Leads', outcome: 'timeout', durationMs: 10_000 })
    expect(await samples('insightly_calls_total')).toEqual([
      'insightly_calls_total{operation="list",object="Contacts",outcome="ok"} 1',
      'insightly_calls_total{operation="list",object="Leads",outcome="timeout"} 1',
    ])
    expect(await samples('insightly_call_duration_seconds_sum')).toEqual([
      'insightly_call_duration_seconds_sum{operation="list",outcome="ok"} 0.25',
      'insightly_call_duration_seconds_sum{operation="list",outcome="timeout"} 10',
    ])
  })

  it('know the process', async () => {
    const { samples } = open()
    const figure = async (name: string) => Number((await samples(name))[0]?.split(' ').at(-1))
    const { user, system } = process.cpuUsage()
    expect(await figure('process_cpu_seconds_total')).toBeGreaterThanOrEqual((user + system) / 1e6)
    const again = await figure('process_cpu_seconds_total')
    expect(again).toBeLessThanOrEqual((process.cpuUsage().user + process.cpuUsage().system) / 1e6)
    expect(Math.abs((await figure('process_start_time_seconds')) - (Date.now() / 1000 - process.uptime()))).toBeLessThan(5)
    expect(await figure('nodejs_heap_size_used_bytes')).toBeGreaterThan(1e6)
    expect(await figure('nodejs_eventloop_busy_seconds_total')).toBeGreaterThan(0)
    expect(await samples('nodejs_version_info')).toEqual([`nodejs_version_info{version="${process.version}"} 1`])
  })
})

describe('figures that are read when somebody scrapes', () => {
  const none: ReadFigure = async () => undefined

  it('are as they are at that moment, and absent when there are none', async () => {
    const { metrics, samples } = open()
    let left: number | null = 41
    metrics.readFigures({ insightlyCallsLeft: async () => left, syncLagSeconds: none })
    expect(await samples('insightly_rate_limit_remaining')).toEqual(['insightly_rate_limit_remaining 41'])
    left = 0
    expect(await samples('insightly_rate_limit_remaining')).toEqual(['insightly_rate_limit_remaining 0'])
    left = null
    expect(await samples('insightly_rate_limit_remaining')).toEqual([])
    expect(await samples('sync_lag_seconds')).toEqual([])
  })

  it('are absent while they cannot be read, which is logged once', async () => {
    const { metrics, samples, lines } = open()
    let isThere = true
    const read = async () => {
      if (!isThere) throw new Error('no database')
      return 12.5
    }
    metrics.readFigures({ insightlyCallsLeft: none, syncLagSeconds: read })
    expect(await samples('sync_lag_seconds')).toEqual(['sync_lag_seconds 12.5'])
    isThere = false
    for (let index = 0; index < 3; index++) expect(await samples('sync_lag_seconds')).toEqual([])
    expect(lines).toEqual(['A metric cannot be read and is left out'])
    isThere = true
    expect(await samples('sync_lag_seconds')).toEqual(['sync_lag_seconds 12.5'])
    expect(lines).toEqual(['A metric cannot be read and is left out', 'A metric can be read again'])
  })

  it('leave out all that is waiting while that cannot be read, and tell the rest', async () => {
    const { metrics, samples, lines } = open()
    let isThere = true
    const nothing = { waiting: 0, oldestSeconds: 0 }
    metrics.readWork(async () => {
      if (!isThere) throw new Error('the pool has closed')
      return {
        queues: {
          webhooks: { waiting: 3, oldestSeconds: 9 },
          schedules: nothing,
          workflows: nothing,
          insightly_outbox: nothing,
          memory: nothing,
          mail: nothing,
        },
        approvalsWaiting: 2,
        peopleActive: { 1: 1, 7: 1, 30: 1 },
        approvedValue: { EUR: 5 },
      }
    })
    metrics.countJob('webhooks', 'done')
    const told = async () => [...(await samples('queue_waiting')), ...(await samples('approvals_waiting')), ...(await samples('approved_value'))]
    expect(await told()).toEqual(expect.arrayContaining(['queue_waiting{queue="webhooks"} 3', 'approvals_waiting 2', 'approved_value{currency="EUR"} 5']))
    isThere = false
    expect(await told()).toEqual([])
    expect(await metrics.figures()).toEqual(expect.any(Array))
    expect(await samples('jobs_total')).toEqual(['jobs_total{queue="webhooks",outcome="done"} 1'])
    expect(lines).toEqual(['A metric cannot be read and is left out'])
  })

  it('keep nobody waiting, and a reading that hangs is not begun again', async () => {
    const { metrics, samples } = open()
    let begun = 0
    let answer: ((figure: number) => void) | undefined
    const read = () => {
      begun += 1
      return new Promise<number>((done) => {
        answer = done
      })
    }
    metrics.readFigures({ insightlyCallsLeft: none, syncLagSeconds: read })
    expect(await Promise.all([samples('sync_lag_seconds'), samples('sync_lag_seconds')])).toEqual([[], []])
    expect(await samples('sync_lag_seconds')).toEqual([])
    expect(begun).toBe(1)
    answer?.(7)
    await new Promise(setImmediate)
    // What comes too late is of another moment.
    const next = samples('sync_lag_seconds')
    answer?.(9)
    expect(await next).toEqual(['sync_lag_seconds 9'])
    expect(begun).toBe(2)
  })
})
