import type { Logger } from '#backend/infra/logger/logger.ts'
import { addModelMetrics } from './model-metrics.ts'
import { addProcessMetrics } from './process-metrics.ts'
import { Counter, Gauge, Histogram, Registry, sumOf } from './prometheus.ts'
import { type Read, type ReadFigure, readInTime } from './read-in-time.ts'
import { addWorkMetrics, type WorkFigures } from './work-metrics.ts'

export interface ServedRequest {
  method: string
  /** The pattern of the route, never the path that was asked for; undefined when nothing answers there. */
  route: string | undefined
  status: number
  seconds: number
}

/** Figures that are somewhere else, and are read there each time somebody scrapes. */
export interface FigureSources {
  /** Calls to Insightly that are left of the day; nothing until it told. */
  insightlyCallsLeft: ReadFigure
  /** Seconds since the mirror was last in step; nothing while nothing is mirrored. */
  syncLagSeconds: ReadFigure
}

export type JobQueue = 'insightly_sync' | 'retention' | 'webhooks' | 'schedules' | 'workflows'
export type JobOutcome = 'done' | 'failed' | 'cancelled'

export type Metrics = ReturnType<typeof createMetrics>

export interface MetricsOptions {
  logger: Pick<Logger, 'info' | 'warn'>
  /** Milliseconds that reading a figure may keep a scrape waiting. */
  figureTimeoutMs?: number
}

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
/** An alert compares with 10 seconds, so the longest bound lies well above. */
const operationBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30]
/** A streamed answer takes as long as it is being made. */
const requestBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
const callBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30]

/** The figures of this process for Prometheus, in a registry of their own. Every label has few values: no ids, no paths, no addresses. */
export function createMetrics({ logger, figureTimeoutMs = 1000 }: MetricsOptions) {
  const registry = new Registry()
  const registers = [registry]
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Requests over HTTP by route, and how long they took, in seconds.',
    labelNames: ['method', 'route', 'status'],
    buckets: requestBuckets,
    registers,
  })
  const operations = new Counter({
    name: 'crm_requests_total',
    help: 'Reads and writes of CRM records by people and agents.',
    labelNames: ['operation', 'status'],
    registers,
  })
  const operationSeconds = new Histogram({
    name: 'crm_request_duration_seconds',
    help: 'How long reads and writes of CRM records took, in seconds.',
    labelNames: ['operation', 'status'],
    buckets: operationBuckets,
    registers,
  })
  const answers = new Counter({
    name: 'chat_answers_total',
    help: 'Answers in the chat that were made to their end.',
    labelNames: ['agent', 'answered_by'],
    registers,
  })
  const tasks = new Counter({
    name: 'agent_tasks_total',
    help: 'Questions that an agent took, by how that ended.',
    labelNames: ['agent', 'outcome'],
    registers,
  })
  const approvals = new Counter({
    name: 'approvals_total',
    help: 'Changes that agents and programs asked for, and what became of them.',
    labelNames: ['outcome'],
    registers,
  })
  const modelCalls = addModelMetrics(registers)
  const securityEvents = new Counter({ name: 'security_events_total', help: 'What touched security.', labelNames: ['type', 'severity'], registers })
  const calls = new Counter({
    name: 'insightly_calls_total',
    help: 'Calls to Insightly, each attempt by itself.',
    labelNames: ['operation', 'object', 'outcome'],
    registers,
  })
  const callSeconds = new Histogram({
    name: 'insightly_call_duration_seconds',
    help: 'How long calls to Insightly took, in seconds, without the wait for their turn.',
    labelNames: ['operation', 'outcome'],
    buckets: callBuckets,
    registers,
  })
  const jobs = new Counter({ name: 'jobs_total', help: 'Work in the background that ended.', labelNames: ['queue', 'outcome'], registers })
  const alerts = new Gauge({ name: 'alert_active', help: 'Whether an alert is raised: 1, or 0.', labelNames: ['alert'], registers, aggregator: 'max' })
  const replacements = new Counter({
    name: 'worker_replacements_total',
    help: 'Workers whose place was taken by another.',
    labelNames: ['reason'],
    registers,
  })
  // Counted by the first process, which has no metrics of its own; a rate needs a beginning.
  for (const reason of ['crash', 'memory', 'reload']) replacements.inc({ reason }, 0)
  addProcessMetrics(registry)

  function inTime<T>(metric: string, read: Read<T>): () => Promise<T | undefined> {
    return readInTime(read, {
      timeoutMs: figureTimeoutMs,
      onChange: (failure) =>
        failure === undefined
          ? logger.info({ metric }, 'A metric can be read again')
          : logger.warn({ metric, err: failure }, 'A metric cannot be read and is left out'),
    })
  }

  function addFigure(name: string, help: string, aggregator: 'min' | 'max', read: ReadFigure): void {
    const figure = inTime(name, read)
    new Gauge({
      name,
      help,
      registers,
      aggregator,
      async collect() {
        const value = await figure()
        if (value === undefined || !Number.isFinite(value)) this.remove()
        else this.set(value)
      },
    })
  }

  return {
    observeRequest({ method, route, status, seconds }: ServedRequest): void {
      requests.observe({ method: methods.has(method) ? method : 'other', route: route ?? 'unknown', status }, seconds)
    },
    observeOperation({ operation, status, seconds }: { operation: string; status: 'ok' | 'error'; seconds: number }): void {
      operations.inc({ operation, status })
      operationSeconds.observe({ operation, status }, seconds)
    },
    observeAnswer({ agent, answeredBy, outcome }: { agent: string; answeredBy: string; outcome: string }): void {
      tasks.inc({ agent, outcome })
      if (outcome === 'done') answers.inc({ agent, answered_by: answeredBy })
    },
    countApprovals(outcome: string, count: number): void {
      approvals.inc({ outcome }, count)
    },
    observeModelCall: modelCalls,
    countSecurityEvent({ type, severity }: { type: string; severity: string }): void {
      securityEvents.inc({ type, severity })
    },
    observeAlert(alert: string, isActive: boolean): void {
      alerts.set({ alert }, isActive ? 1 : 0)
    },
    countJob(queue: JobQueue, outcome: JobOutcome): void {
      jobs.inc({ queue, outcome })
    },
    /** What a client of Insightly tells. */
    insightly: {
      countCall({ operation, object, outcome, durationMs }: { operation: string; object: string; outcome: string; durationMs: number }): void {
        calls.inc({ operation, object, outcome })
        callSeconds.observe({ operation, outcome }, durationMs / 1000)
      },
      /** What is left of the day is read from the log of calls, which knows what other processes were told since. */
      noteQuota(): void {},
    },
    /** Says where figures are read; until then they are not there. */
    readFigures({ insightlyCallsLeft, syncLagSeconds }: FigureSources): void {
      addFigure('insightly_rate_limit_remaining', 'Calls to Insightly that are left of the day.', 'min', insightlyCallsLeft)
      addFigure('sync_lag_seconds', 'Seconds since the mirror of Insightly was last in step.', 'max', syncLagSeconds)
    },
    /** Says how far the read replica is behind, where there is one. */
    readReplicaLag(lagSeconds: ReadFigure): void {
      addFigure('database_replica_lag_seconds', 'Seconds that the read replica is behind.', 'max', lagSeconds)
    },
    /** Says where is read what waits and what comes of it. */
    readWork(read: Read<WorkFigures>): void {
      addWorkMetrics(registers, inTime('queue_waiting', read))
    },
    contentType: registry.contentType,
    /** Of this process, to be added to those of others. */
    figures: (): Promise<unknown> => registry.getMetricsAsJSON(),
    /** All of it, in the text format of Prometheus. */
    text: () => registry.metrics(),
    /** The sum over processes, each with its `figures`. */
    textOf: (figures: readonly unknown[]) => sumOf(figures),
  }
}
