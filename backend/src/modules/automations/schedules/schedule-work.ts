import type { Logger } from 'pino'
import type { Database, Transaction } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { newId } from '#backend/kernel/ids.ts'
import { traced } from '#backend/kernel/tracing.ts'
import type { MessagePart } from '#contracts/chat.ts'
import { type AutomationWork, inJob } from '../automation-job.ts'
import { toMail } from './answer-mail.ts'
import {
  type ClaimedRun,
  claimRun,
  endRun,
  holdRun,
  isHeld,
  lockDueSchedules,
  noteOutcome,
  planNext,
  postponeRun,
  type RunEnd,
  tidyRuns,
} from './due-runs.repository.ts'
import { lastTime, nextTime } from './schedule-times.ts'
import { insertRun } from './schedules.repository.ts'

/** Asks as a person, in a new conversation of theirs. */
export type AskQuestion = (
  actor: Actor,
  question: { message: string; timeZone: string },
) => Promise<{ sessionId: string; messageId: string; text: string; parts: readonly MessagePart[] }>

/** Puts a mail into the outbox, in the transaction that ends the run. */
export type QueueMail = (tx: Transaction, mail: { to: string; subject: string; body: string; userId: string; now: Date }) => Promise<string>

export interface ScheduleWorkDependencies {
  database: Database
  clock: Clock
  logger: Pick<Logger, 'info' | 'warn'>
  ask: AskQuestion
  queueMail: QueueMail | undefined
  appUrl: string
  /** Is told of every run that ended. */
  observe?: ((outcome: 'done' | 'failed') => void) | undefined
  leaseMs?: number
  waitMs?: number
}

const catchUpMs = 3_600_000
const batch = 20
const mostAttempts = 5
const mostFailures = 3
const keptRuns = 200
const longestAnswer = 20_000
/** What goes by itself: the server is busy, or being restarted. */
const passing = new Set(['UNAVAILABLE', 'RATE_LIMITED', 'CONFLICT', 'UPSTREAM'])

/** Runs what is due: each time once, by whichever process takes it, and again by another when that one dies before it is done. */
export function createScheduleWork(dependencies: ScheduleWorkDependencies): AutomationWork {
  const { database, clock, logger, ask, queueMail, appUrl, observe, leaseMs = 60_000, waitMs = 30_000 } = dependencies
  const holder = newId()

  /** A time that has come becomes one run, in the transaction that moves the schedule on to its next. */
  async function plan(workspaceId: string): Promise<number> {
    const now = clock.now()
    return inJob(database, workspaceId, async (tx) => {
      const due = await lockDueSchedules(tx, now, batch)
      for (const schedule of due) {
        const { id, userId, cron, timeZone, nextAt } = schedule
        const last = lastTime(cron, timeZone, now) ?? new Date(nextAt)
        // Several that were missed are caught up once.
        const dueAt = last.getTime() < Date.parse(nextAt) ? new Date(nextAt) : last
        const lateMs = now.getTime() - dueAt.getTime()
        const run = { id: newId(), scheduleId: id, userId, dueAt: dueAt.toISOString() }
        if (lateMs > catchUpMs)
          await insertRun(tx, { ...run, reason: 'late', state: 'missed', error: 'ChatSG was not running at that time, and it was more than an hour ago.' })
        else await insertRun(tx, { ...run, reason: lateMs > 60_000 ? 'late' : 'schedule', state: 'queued' })
        await planNext(tx, id, nextTime(cron, timeZone, now))
      }
      return due.length
    })
  }

  async function perform(workspaceId: string, run: ClaimedRun, signal: AbortSignal): Promise<void> {
    const renewing = setInterval(() => void inJob(database, workspaceId, (tx) => holdRun(tx, run.id, holder, leaseMs)).catch(() => undefined), leaseMs / 3)
    try {
      if (!run.active) throw new AppError('FORBIDDEN', 'The person whose schedule this is has no access any more.')
      // With the rights they have now, whatever they were when it was made.
      const actor: Actor = { type: 'user', workspaceId, userId: run.userId, name: run.userName, role: run.role, via: 'session' }
      const answer = await ask(actor, { message: run.question, timeZone: run.timeZone })
      // An answer that a restart has cut short is no answer.
      if (signal.aborted) throw new AppError('UNAVAILABLE', 'ChatSG was being restarted.')
      await finish(workspaceId, run, answer)
    } catch (error) {
      await fail(workspaceId, run, error)
    } finally {
      clearInterval(renewing)
    }
  }

  async function finish(workspaceId: string, run: ClaimedRun, answer: Awaited<ReturnType<AskQuestion>>): Promise<void> {
    const { sessionId, messageId, text, parts } = answer
    const isOver = await inJob(database, workspaceId, async (tx) => {
      // The mail is queued by whoever ends the run, in the same transaction: once.
      if (!(await isHeld(tx, run.id, holder))) return false
      const end: RunEnd = { state: 'done', sessionId, messageId, answer: text.slice(0, longestAnswer) }
      if (run.deliver === 'email') {
        if (queueMail === undefined || run.email === null) throw new AppError('VALIDATION', 'There is no way to send mail, or no address to send it to.')
        const mail = toMail({ question: run.question, text, parts, link: `${appUrl}/chat/${sessionId}` })
        end.mailId = await queueMail(tx, { to: run.email, ...mail, userId: run.userId, now: clock.now() })
      }
      await endRun(tx, run.id, holder, end)
      await noteOutcome(tx, run.scheduleId, true, { most: mostFailures, reason: '' })
      await tidyRuns(tx, run.scheduleId, keptRuns)
      return true
    })
    if (isOver) observe?.('done')
    logger.info({ scheduleId: run.scheduleId, runId: run.id }, 'A scheduled question was answered')
  }

  async function fail(workspaceId: string, run: ClaimedRun, error: unknown): Promise<void> {
    // The message of an unknown error stays in the log.
    const sentence = error instanceof AppError ? error.message : 'Something went wrong; the operator finds it in the log.'
    logger.warn({ err: error, scheduleId: run.scheduleId, runId: run.id, attempts: run.attempts }, 'A scheduled question could not be answered')
    const isOver = await inJob(database, workspaceId, async (tx) => {
      if (error instanceof AppError && passing.has(error.code) && run.attempts < mostAttempts) {
        await postponeRun(tx, run.id, holder, { waitMs: waitMs * run.attempts, error: sentence })
        return false
      }
      if (!(await endRun(tx, run.id, holder, { state: 'failed', error: sentence }))) return false
      await noteOutcome(tx, run.scheduleId, false, {
        most: mostFailures,
        reason: `It failed ${mostFailures} times in a row, the last time because: ${sentence}`,
      })
      return true
    })
    if (isOver) observe?.('failed')
  }

  return {
    async workOn(workspaceId, signal) {
      while ((await plan(workspaceId)) === batch);
      while (!signal.aborted) {
        const run = await inJob(database, workspaceId, (tx) => claimRun(tx, holder, leaseMs))
        if (run === undefined) return
        if (run.attempts > mostAttempts) await fail(workspaceId, run, new AppError('INTERNAL', 'It was begun several times and never finished.'))
        else
          await traced(
            'schedule.run',
            () => ({ kind: 'consumer', attributes: { 'chatsg.schedule.attempt': run.attempts } }),
            () => perform(workspaceId, run, signal),
          )
      }
    },
  }
}
