import type { Logger } from 'pino'
import type { Database } from '#backend/infra/database/database.ts'
import type { Outgoing } from '#backend/infra/http-client/outgoing.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import type { Operations, SecretsService } from '#backend/modules/security/index.ts'
import { type AutomationRunner, createAutomationRunner } from './automation-job.ts'
import { readScheduleRequest, type ScheduleRequest } from './schedules/schedule-command.ts'
import { type AskQuestion, createScheduleWork, type QueueMail } from './schedules/schedule-work.ts'
import { createSchedules, type Schedules } from './schedules/schedules.service.ts'
import { createDeliveryWork } from './webhooks/delivery-work.ts'
import { createWebhooks, type Webhooks } from './webhooks/webhooks.service.ts'

export interface AutomationsDependencies {
  database: Database
  operations: Operations
  secrets: SecretsService
  clock: Clock
  /** The machine's time, for signatures. */
  wallClock: Clock
  logger: Pick<Logger, 'info' | 'warn' | 'debug'>
  homeWorkspaceId: string
  appUrl: string
  ask: AskQuestion
  /** Without it answers are not mailed. */
  queueMail?: QueueMail | undefined
  /** The way to addresses that somebody typed. */
  outgoing: Outgoing
  /** Plain http is refused elsewhere. */
  allowHttp: boolean
  /** Is told of everything that ended. */
  observe?: ((queue: 'schedules' | 'webhooks', outcome: 'done' | 'failed') => void) | undefined
  /** For tests: how long others leave alone what a process has taken, and how long is waited between attempts. */
  pace?: { leaseMs?: number; waits?: readonly number[]; waitMs?: number }
}

export interface Automations {
  schedules: Schedules
  webhooks: Webhooks
  /** A message that asks for a schedule, as the change to propose; undefined for every other. */
  command(message: string): ScheduleRequest | undefined
  /** Does what is due now, in one workspace or in all. */
  tick: AutomationRunner['tick']
  /** Begins to work by itself. */
  start(): void
  close(): Promise<void>
}

/** Questions that are asked by themselves, and other programs that are told of what happens. */
export function createAutomations(dependencies: AutomationsDependencies): Automations {
  const {
    database,
    operations,
    secrets,
    clock,
    wallClock,
    logger,
    homeWorkspaceId,
    appUrl,
    ask,
    queueMail,
    outgoing,
    allowHttp,
    observe,
    pace = {},
  } = dependencies
  const { leaseMs, waits, waitMs } = pace
  const lease = leaseMs === undefined ? {} : { leaseMs }
  let isStarted = false
  const runner = createAutomationRunner({
    database,
    homeWorkspaceId,
    clock,
    logger,
    works: [
      createScheduleWork({
        database,
        clock,
        logger,
        ask,
        queueMail,
        appUrl,
        observe: (outcome) => observe?.('schedules', outcome),
        ...lease,
        ...(waitMs === undefined ? {} : { waitMs }),
      }),
      createDeliveryWork({
        database,
        wallClock,
        secrets,
        fetch: outgoing.fetch,
        logger,
        observe: (outcome) => observe?.('webhooks', outcome),
        ...lease,
        ...(waits === undefined ? {} : { waits }),
      }),
    ],
  })
  const wake = () => {
    if (isStarted) void runner.tick()
  }
  return {
    schedules: createSchedules({ operations, clock, canMail: queueMail !== undefined, wake }),
    webhooks: createWebhooks({ operations, secrets, clock, assertAllowedHost: outgoing.assertAllowedHost, allowHttp, wake }),
    command: readScheduleRequest,
    tick: runner.tick,
    start() {
      isStarted = true
      runner.start()
    },
    close: () => runner.stop(),
  }
}
