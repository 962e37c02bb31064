import type { Logger } from 'pino'
import type { Database } from '#backend/infra/database/database.ts'
import type { AnswerLog } from './answer-log.ts'
import { chatJob } from './chat-job.ts'
import { joinTexts } from './partial-answer.ts'
import { type AnswerSign, keepAnswers } from './running-answers.repository.ts'

/** An answer that this process makes. */
export interface KeptAnswer {
  workspaceId: string
  messageId: string
  log: AnswerLog
  /** Fired when it was stopped or ended elsewhere. */
  abort: AbortController
}

/**
 * Tells the database, behind the backs of those who read along, what answers of this process have said and that the process lives.
 * An answer that takes no longer than one look costs nothing.
 */
export interface AnswerKeeper {
  keep(answer: KeptAnswer): void
  /** Takes it out of care. Resolves when nothing of it is on its way any more: true when chunks of it may stand in the database. */
  release(messageId: string): Promise<boolean> | false
}

export interface AnswerKeeperOptions {
  database: Database
  logger: Pick<Logger, 'warn'>
  /** Milliseconds between two looks. */
  lookMs: number
  /** Milliseconds for which an answer is held without a sign of its maker. */
  holdMs: number
}

interface Keeping extends KeptAnswer {
  since: number
  heldAt: number
  /** Place in the log of the first chunk that is not in the database. */
  next: number
  sequence: number
  /** Chunks were sent, whether or not they arrived. */
  hasSent: boolean
  /** On its way, or to be sent again as it is: whether it arrived is not known. */
  sign: (AnswerSign & { upTo: number }) | undefined
  writing: Promise<void> | undefined
}

export function createAnswerKeeper({ database, logger, lookMs, holdMs }: AnswerKeeperOptions): AnswerKeeper {
  const kept = new Map<string, Keeping>()
  let isArmed = false
  let isTroubled = false

  function arm(): void {
    if (isArmed) return
    isArmed = true
    setTimeout(look, lookMs).unref()
  }

  function look(): void {
    const now = performance.now()
    const byWorkspace = new Map<string, Keeping[]>()
    for (const answer of kept.values()) {
      if (now - answer.since < lookMs) continue
      const others = byWorkspace.get(answer.workspaceId)
      if (others === undefined) byWorkspace.set(answer.workspaceId, [answer])
      else others.push(answer)
    }
    const written = [...byWorkspace].map(([workspaceId, answers]) => write(workspaceId, answers, now))
    Promise.all(written).then(() => {
      isArmed = false
      if (kept.size > 0) arm()
    })
  }

  /** Never rejects: what could not be written goes with the next look. */
  function write(workspaceId: string, answers: readonly Keeping[], now: number): Promise<void> {
    const signs = answers.map((answer) => {
      answer.sign ??= nextSign(answer, now)
      answer.hasSent ||= answer.sign.chunks !== null
      return answer.sign
    })
    const writing = database
      .transaction(chatJob(workspaceId), (tx) =>
        keepAnswers(
          tx,
          signs.map(({ upTo: _, ...sign }) => sign),
          holdMs,
        ),
      )
      .then(
        (standings) => {
          isTroubled = false
          const running = new Map(standings.map((standing) => [standing.id, standing]))
          for (const answer of answers) settle(answer, now, running.get(answer.messageId))
        },
        (error: unknown) => {
          if (!isTroubled) logger.warn({ err: error }, 'Answers that are being made could not be kept in the database; it is tried again')
          isTroubled = true
        },
      )
      .finally(() => {
        for (const answer of answers) answer.writing = undefined
      })
    for (const answer of answers) answer.writing = writing
    return writing
  }

  function nextSign({ messageId, log, next, sequence, heldAt }: Keeping, now: number): AnswerSign & { upTo: number } {
    const chunks = log.since(next)
    return {
      id: messageId,
      sequence,
      chunks: chunks.length === 0 ? null : joinTexts(chunks),
      holds: chunks.length > 0 || now - heldAt > holdMs / 4,
      upTo: next + chunks.length,
    }
  }

  function settle(answer: Keeping, now: number, standing: { stopRequested: boolean } | undefined): void {
    const { sign } = answer
    answer.sign = undefined
    if (sign === undefined || kept.get(answer.messageId) !== answer) return
    if (standing === undefined || standing.stopRequested) {
      answer.abort.abort()
      return
    }
    answer.next = sign.upTo
    if (sign.chunks !== null) answer.sequence += 1
    if (sign.holds) answer.heldAt = now
  }

  return {
    keep(answer) {
      const since = performance.now()
      kept.set(answer.messageId, { ...answer, since, heldAt: since, next: 0, sequence: 0, hasSent: false, sign: undefined, writing: undefined })
      arm()
    },
    release(messageId) {
      const answer = kept.get(messageId)
      kept.delete(messageId)
      if (answer === undefined) return false
      const { writing, hasSent } = answer
      if (writing !== undefined) return writing.then(() => hasSent)
      return hasSent && Promise.resolve(true)
    },
  }
}
