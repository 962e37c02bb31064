import { Gauge, type Registry } from './prometheus.ts'

export const workQueues = ['webhooks', 'schedules', 'workflows', 'insightly_outbox', 'memory', 'mail'] as const
export type WorkQueue = (typeof workQueues)[number]

/** What waits, and what comes of it, in one workspace. */
export interface WorkFigures {
  /** Work that could be done now, and the seconds that the longest waiting has waited. */
  queues: Record<WorkQueue, { waiting: number; oldestSeconds: number }>
  approvalsWaiting: number
  /** People who used a conversation within so many days. */
  peopleActive: Record<'1' | '7' | '30', number>
  /** By currency: the value of the opportunities that approved changes of the last 30 days touched, each once, as it is now. */
  approvedValue: Record<string, number>
}

/** Gauges that are read together, each time somebody scrapes; what cannot be read is absent. */
export function addWorkMetrics(registers: Registry[], read: () => Promise<WorkFigures | undefined>): void {
  const gauge = (name: string, help: string, label: string | undefined, tell: (figures: WorkFigures) => [string, number][]) =>
    new Gauge({
      name,
      help,
      ...(label === undefined ? {} : { labelNames: [label] }),
      registers,
      // Every process reads the same.
      aggregator: 'max',
      async collect() {
        const figures = await read()
        this.reset()
        if (figures === undefined) {
          // Without a label a reset leaves a zero; with one it leaves nothing, and there is nothing that could be named.
          if (label === undefined) this.remove()
          return
        }
        for (const [value, figure] of tell(figures)) this.set(label === undefined ? {} : { [label]: value }, figure)
      },
    })
  gauge('queue_waiting', 'Work that could be done now and is not done yet.', 'queue', ({ queues }) => workQueues.map((queue) => [queue, queues[queue].waiting]))
  gauge('queue_oldest_seconds', 'Seconds that the longest waiting of it has waited.', 'queue', ({ queues }) =>
    workQueues.map((queue) => [queue, queues[queue].oldestSeconds]),
  )
  gauge('approvals_waiting', 'Changes that wait for somebody to decide.', undefined, ({ approvalsWaiting }) => [['', approvalsWaiting]])
  gauge('people_active', 'People who used a conversation within so many days.', 'days', ({ peopleActive }) => Object.entries(peopleActive))
  gauge('approved_value', 'Value of the opportunities that approved changes of the last 30 days touched.', 'currency', ({ approvedValue }) =>
    Object.entries(approvedValue),
  )
}
