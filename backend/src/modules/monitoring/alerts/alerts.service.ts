import { type Actor, actorName } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError, notFound } from '#backend/kernel/errors.ts'
import { isUuid, newId } from '#backend/kernel/ids.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import type { Alert, AlertList } from '#contracts/alerts.ts'
import type { TellAlert } from './alert-delivery.ts'
import { type AlertRule, judge, type RuleState } from './alert-rule.ts'
import * as repository from './alerts.repository.ts'

export interface AlertsDependencies {
  operations: Operations
  clock: Clock
  logger: { info(fields: object, message: string): void; warn(fields: object, message: string): void; error(fields: object, message: string): void }
  homeWorkspaceId: string
  rules: readonly AlertRule[]
  /** Each way to tell people. */
  tell: readonly TellAlert[]
  /** Told of every rule after each look, for metrics. */
  observe?: (name: string, isActive: boolean) => void
  /** HEALTH_CHECK_INTERVAL */
  intervalMs: number
}

export type AlertsService = ReturnType<typeof createAlertsService>

/** Looks at the rules now and then, in one process for all, and tells people what has gone wrong and when it is over. */
export function createAlertsService({ operations, clock, logger, homeWorkspaceId, rules, tell, observe, intervalMs }: AlertsDependencies) {
  const holder = newId()
  const system: Actor = { type: 'system', workspaceId: homeWorkspaceId, job: 'alerts' }
  const states = new Map<string, RuleState>()
  const active = new Map<string, Alert>()
  /** Told, and not kept yet because the database was away. */
  const unsaved = new Map<string, Alert>()
  let leads = false
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> = Promise.resolve()

  const run = <T>(name: string, work: Parameters<typeof operations.run<T>>[2]) => operations.run(system, { name, scope: 'workspace:admin', event: null }, work)

  /** Without the database whoever led goes on leading: somebody has to say that it is gone. */
  async function findLead(now: Date): Promise<boolean> {
    const until = new Date(now.getTime() + intervalMs * 3).toISOString()
    try {
      const before = leads
      leads = await run('alerts.lead', async (tx) => {
        const isMine = await repository.takeLead(tx, holder, now.toISOString(), until)
        if (isMine && !before) for (const alert of (await repository.listAlerts(tx, 'active', 200)).items) adopt(alert)
        return isMine
      })
      if (!leads) forget()
    } catch (error) {
      logger.warn({ err: error }, 'Alerts could not be read or kept; they are still looked at')
    }
    return leads
  }

  function adopt(alert: Alert): void {
    if (active.has(alert.name)) return
    active.set(alert.name, alert)
    states.set(alert.name, { isActive: true, above: 0, below: 0 })
  }

  function forget(): void {
    for (const name of active.keys()) observe?.(name, false)
    states.clear()
    active.clear()
  }

  async function lookAt(rule: AlertRule, now: Date): Promise<void> {
    const value = await rule.read()
    const before = states.get(rule.name) ?? { isActive: false, above: 0, below: 0 }
    if (value !== undefined) {
      const { state, change } = judge(before, value, rule.threshold)
      states.set(rule.name, state)
      if (change === 'raised') raise(rule, value, now)
      if (change === 'resolved') resolve(rule.name, now)
    }
    observe?.(rule.name, active.has(rule.name))
  }

  function raise({ name, severity, threshold, describe }: AlertRule, value: number, now: Date): void {
    const ends = { resolvedAt: null, acknowledgedAt: null, acknowledgedBy: null }
    const alert: Alert = { id: newId(), name, severity, value, threshold, message: describe(value), raisedAt: now.toISOString(), ...ends }
    active.set(name, alert)
    announce(alert)
  }

  function resolve(name: string, now: Date): void {
    const alert = active.get(name)
    active.delete(name)
    if (alert !== undefined) announce({ ...alert, resolvedAt: now.toISOString() })
  }

  function announce(alert: Alert): void {
    unsaved.set(alert.id, alert)
    if (alert.resolvedAt === null) logger.error({ alert }, 'Alert raised')
    else logger.info({ alert }, 'Alert resolved')
    for (const each of tell) each(alert)
  }

  async function save(): Promise<void> {
    for (const alert of [...unsaved.values()]) {
      await run('alerts.keep', (tx) => repository.putAlert(tx, alert))
      if (unsaved.get(alert.id) === alert) unsaved.delete(alert.id)
    }
  }

  async function lookOnce(): Promise<void> {
    const now = clock.now()
    if (!(await findLead(now))) return
    for (const rule of rules) {
      await lookAt(rule, now).catch((error: unknown) => logger.warn({ err: error, alert: rule.name }, 'A rule of the alerts could not be read'))
    }
    await save().catch((error: unknown) => logger.warn({ err: error }, 'An alert could not be kept yet; it is tried again'))
  }

  function requireHome(actor: Actor): void {
    operations.require(actor, 'workspace:admin', 'alerts.list')
    if (actor.workspaceId !== homeWorkspaceId)
      throw new AppError('FORBIDDEN', 'Alerts are about the whole installation; only owners and admins of its first workspace see them.')
  }

  return {
    /** Looks at every rule once, one look after the other. */
    look(): Promise<void> {
      looking = looking.then(lookOnce)
      return looking
    },

    start(): void {
      timer ??= setInterval(() => void this.look(), intervalMs).unref()
    },

    /** Leaves the lead to another process. */
    async close(): Promise<void> {
      clearInterval(timer)
      await looking
      if (leads)
        await run('alerts.leave', (tx) => repository.giveUpLead(tx, holder)).catch((error: unknown) =>
          logger.warn({ err: error }, 'The lead of the alerts could not be given up; it ends by itself'),
        )
      leads = false
    },

    async list(actor: Actor, { status, limit }: { status?: 'active' | 'resolved' | undefined; limit: number }): Promise<AlertList> {
      requireHome(actor)
      const reading = { name: 'alerts.list', scope: 'workspace:admin', event: null, readOnly: true } as const
      return { ...(await operations.run(actor, reading, (tx) => repository.listAlerts(tx, status, limit))), nextCursor: null }
    },

    /** Says that somebody looks after it; the first one who did stays. @throws AppError NOT_FOUND */
    async acknowledge(actor: Actor, id: string): Promise<Alert> {
      const operation = { name: 'alerts.acknowledge', scope: 'workspace:admin', event: 'SETTING_CHANGE', query: { id } } as const
      const alert = await operations.run(actor, operation, async (tx) =>
        isUuid(id) ? repository.acknowledge(tx, id, actorName(actor), clock.now().toISOString()) : undefined,
      )
      if (alert === undefined) throw notFound('This alert')
      return alert
    },
  }
}
