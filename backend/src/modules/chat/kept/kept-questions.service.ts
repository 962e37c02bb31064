import type { Transaction } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError, notFound } from '#backend/kernel/errors.ts'
import { isUuid, newId } from '#backend/kernel/ids.ts'
import type { PlannerOutcome } from '#backend/modules/agents/index.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import { fold } from '#contracts/fold.ts'
import type { KeptQuestion } from '#contracts/questions.ts'
import { fromCursor, toCursor } from '../page-cursor.ts'
import {
  correctKeptQuestion,
  countKeptQuestions,
  deleteKeptQuestions,
  findAnswerBefore,
  findAskedAnswer,
  findConsent,
  insertKeptQuestion,
  listKeptQuestions,
  saveConsent,
} from './kept-questions.repository.ts'
import { toQuestionLines } from './question-lines.ts'

/** Messages of a conversation that are kept with a question. */
const mostQuestions = 5
const exportPage = 200

export interface KeptQuestionsPage {
  items: KeptQuestion[]
  nextCursor: string | null
  total: number
}

/** Questions whose answer was not right, for people who allow it. */
export interface KeptQuestions {
  consent(actor: Actor): Promise<{ consents: boolean | null }>
  changeConsent(actor: Actor, consents: boolean): Promise<{ consents: boolean }>
  list(actor: Actor, page: { limit: number; cursor?: string | undefined }): Promise<KeptQuestionsPage>
  /** Keeps the question of an answer that its reader calls not right. @throws AppError NOT_FOUND, CONFLICT when keeping is not allowed */
  keep(actor: Actor, messageId: string): Promise<void>
  /** @throws AppError NOT_FOUND */
  delete(actor: Actor, id: string): Promise<void>
  deleteAll(actor: Actor): Promise<{ deleted: number }>
  /** Lines of a question table; what has no gold statement yet stands behind `//`. */
  exportLines(actor: Actor): AsyncGenerator<string>
  /** Notes an answer in the transaction that stores it: kept when declined or asked back, and as the repair of the one before. */
  note(tx: Transaction, answer: { sessionId: string; messageId: string }, outcome: Pick<PlannerOutcome, 'kind' | 'plan' | 'repairs'>): Promise<void>
}

export function createKeptQuestions({ operations, clock }: { operations: Operations; clock: Clock }): KeptQuestions {
  const run = <T>(actor: Actor, name: string, work: (tx: Transaction) => Promise<T>, readOnly = false): Promise<T> =>
    operations.run(actor, { name: `chat.keptQuestions.${name}`, scope: 'chat', event: null, readOnly }, work)

  async function keepAnswer(tx: Transaction, messageId: string, outcome: KeptQuestion['outcome'], correction?: string): Promise<boolean> {
    const asked = await findAskedAnswer(tx, messageId, mostQuestions)
    const text = asked?.questions.at(-1)
    if (asked === undefined || text === undefined) return false
    const { sessionId, questions, plan } = asked
    await insertKeptQuestion(tx, {
      id: newId(),
      sessionId,
      messageId,
      text,
      askedBefore: questions.slice(0, -1),
      outcome,
      plan,
      ...(correction === undefined ? {} : { correction }),
      at: clock.now(),
    })
    return true
  }

  return {
    consent: (actor) => run(actor, 'consent', async (tx) => ({ consents: await findConsent(tx) }), true),
    changeConsent: (actor, consents) =>
      run(actor, 'changeConsent', async (tx) => {
        await saveConsent(tx, consents, clock.now())
        return { consents }
      }),
    list: (actor, { limit, cursor }) =>
      run(
        actor,
        'list',
        async (tx) => {
          const values = cursor === undefined ? undefined : fromCursor(cursor, isPlace)
          const after = values === undefined ? undefined : { at: values[0], id: values[1] }
          const rows = await listKeptQuestions(tx, { after, limit: limit + 1 })
          const items = rows.slice(0, limit)
          const last = items.at(-1)
          return { items, nextCursor: rows.length > limit && last !== undefined ? toCursor([last.at, last.id]) : null, total: await countKeptQuestions(tx) }
        },
        true,
      ),
    keep: (actor, messageId) =>
      run(actor, 'keep', async (tx) => {
        if ((await findAskedAnswer(tx, messageId, 1)) === undefined) throw notFound('The answer')
        if ((await findConsent(tx)) !== true)
          throw new AppError('CONFLICT', 'Questions are kept only when you allow it. Allow it in the settings, under Questions, and try again.')
        await keepAnswer(tx, messageId, 'corrected')
      }),
    delete: (actor, id) =>
      run(actor, 'delete', async (tx) => {
        if ((await deleteKeptQuestions(tx, id)) === 0) throw notFound('The kept question')
      }),
    deleteAll: (actor) => run(actor, 'deleteAll', async (tx) => ({ deleted: await deleteKeptQuestions(tx) })),
    async *exportLines(actor) {
      for (let after: { at: string; id: string } | undefined; ; ) {
        const rows = await run(actor, 'export', (tx) => listKeptQuestions(tx, { after, limit: exportPage }), true)
        for (const row of rows) yield* toQuestionLines(row)
        const last = rows.at(-1)
        if (rows.length < exportPage || last === undefined) return
        after = { at: last.at, id: last.id }
      }
    },
    async note(tx, { sessionId, messageId }, { kind, repairs }) {
      if ((await findConsent(tx)) !== true) return
      if (kind !== 'answer') await keepAnswer(tx, messageId, kind === 'decline' ? 'declined' : 'clarified')
      else {
        const [before, asked] = [await findAnswerBefore(tx, sessionId, messageId), await findAskedAnswer(tx, messageId, 1)]
        const text = asked?.questions.at(-1)
        if (before === undefined || text === undefined) return
        if (repairs === true) await keepAnswer(tx, before, 'corrected', text)
        else await correctKeptQuestion(tx, before, text, wordsOf(text))
      }
    },
  }
}

/** Words long enough to tell what a message is about. */
function wordsOf(text: string): string[] {
  return [...new Set(fold(text).match(/[\p{L}\p{N}]{4,}/gu) ?? [])]
}

function isPlace(values: readonly unknown[]): values is [string, string] {
  return values.length === 2 && typeof values[0] === 'string' && !Number.isNaN(Date.parse(values[0])) && isUuid(values[1])
}
