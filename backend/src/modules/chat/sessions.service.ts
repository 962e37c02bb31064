import type { Logger } from 'pino'
import type { Database, Transaction } from '#backend/infra/database/database.ts'
import { type Actor, actorId } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError, notFound } from '#backend/kernel/errors.ts'
import { isUuid, newId } from '#backend/kernel/ids.ts'
import type { AgentService } from '#backend/modules/agents/index.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import type { ChangeSession, ChatMessage, ChatSession, CreateSession, SessionHit } from '#contracts/chat.ts'
import { fold } from '#contracts/fold.ts'
import { countBranch, findBranchMemory, findNewestLeaf, findSiblings, listBranch } from './branches.repository.ts'
import { excerptOf } from './excerpt.ts'
import type { InterruptedAnswers } from './interrupted-answers.ts'
import { findMessage, listNewestMessages, toChatMessage } from './messages.repository.ts'
import { fromCursor, toCursor } from './page-cursor.ts'
import { sessionMarkdown } from './session-markdown.ts'
import { readEndedMessages, transcriptOf } from './session-transcript.ts'
import * as repository from './sessions.repository.ts'
import { sessionLine } from './transcript-lines.ts'
import { type Transcripts, toText } from './transcripts.ts'

export interface Page<Item> {
  items: Item[]
  nextCursor: string | null
  total: number | null
}

export interface SessionService {
  create(actor: Actor, session: CreateSession): Promise<ChatSession>
  list(actor: Actor, page: { status?: ChatSession['status'] | undefined; limit: number; cursor?: string | undefined }): Promise<Page<ChatSession>>
  get(actor: Actor, id: string): Promise<ChatSession>
  /** @throws AppError NOT_FOUND for a session, or a `leafId`, that there is not */
  change(actor: Actor, id: string, change: ChangeSession): Promise<ChatSession>
  /** Deletes the session, its messages and its transcript, and what was learned from it alone. */
  delete(actor: Actor, id: string): Promise<void>
  /** The newest page first, each page in reading order: of the branch that is shown, or of all. */
  messages(actor: Actor, id: string, page: { limit: number; cursor?: string | undefined; branch?: Branch }): Promise<Page<ChatMessage>>
  search(actor: Actor, question: { q: string; limit: number }): Promise<Page<SessionHit>>
  /** The session as a text, piece by piece. */
  export(actor: Actor, id: string, format: 'jsonl' | 'md', branch?: Branch): Promise<AsyncIterable<string>>
}

/** Of a conversation with branches: the one that is shown, or all of them in the order they were written. */
export type Branch = 'active' | 'all'

export interface SessionServiceDependencies {
  database: Database
  operations: Operations
  clock: Clock
  agents: AgentService
  transcripts: Transcripts
  logger: Pick<Logger, 'error'>
  interrupted: InterruptedAnswers
  /** Ends what is being answered in a session that has just been deleted. */
  endRun(workspaceId: string, sessionId: string): Promise<void>
  /** Forgets what was learned from a session alone, which is about to be deleted. */
  forgetSession?: ((actor: Actor, sessionId: string) => Promise<void>) | undefined
}

export function createSessionService(dependencies: SessionServiceDependencies): SessionService {
  const { database, operations, clock, agents, transcripts, logger, interrupted, endRun, forgetSession } = dependencies
  // One's own conversations are no access to records.
  const own = { scope: 'chat', event: null } as const

  /** The database has it already; a line that could not be written is added again at the next start. */
  async function transcribe(actor: Actor, session: ChatSession, leafId?: string): Promise<void> {
    await transcripts.append(session.id, [sessionLine(session, actorId(actor), actor.workspaceId, leafId)]).catch((error: unknown) => {
      logger.error({ err: error, sessionId: session.id }, 'The transcript could not be written')
    })
  }

  async function get(actor: Actor, id: string): Promise<ChatSession> {
    if (!isUuid(id)) throw notFound('The conversation')
    const session = await operations.run(actor, { name: 'sessions.get', ...own, readOnly: true }, (tx) => repository.findSession(tx, id))
    if (session === undefined) throw notFound('The conversation')
    return session
  }

  return {
    get,
    async create(actor, { title = '', agent = null, memory = true }) {
      const now = clock.now()
      const session = await operations.run(actor, { name: 'sessions.create', ...own }, async (tx) => {
        if (agent !== null) agents.require(agent)
        const id = newId()
        await repository.insertSession(tx, { id, title, agent, memory, now })
        return await repository.findSession(tx, id)
      })
      if (session === undefined) throw new Error('The session was not stored.')
      await transcribe(actor, session)
      return session
    },
    async list(actor, { status, limit, cursor }) {
      const [updatedAt, id] = cursor === undefined ? [] : fromCursor(cursor, isSessionCursor)
      const after = updatedAt === undefined || id === undefined ? undefined : { updatedAt, id }
      return await operations.run(actor, { name: 'sessions.list', ...own, readOnly: true }, async (tx) => {
        const found = await repository.listSessions(tx, { status, after, limit: limit + 1 })
        const items = found.slice(0, limit)
        const last = items.at(-1)
        return {
          items,
          nextCursor: found.length > limit && last !== undefined ? toCursor([last.updatedAt, last.id]) : null,
          total: await repository.countSessions(tx, status),
        }
      })
    },
    async change(actor, id, change) {
      const { leafId: wanted, ...rest } = change
      const { session, leafId } = await operations.run(actor, { name: 'sessions.update', ...own }, async (tx) => {
        if (typeof change.agent === 'string') agents.require(change.agent)
        const session = await repository.updateSession(tx, id, rest, clock.now())
        if (session === undefined) throw notFound('The conversation')
        const leafId = wanted === undefined ? undefined : await findNewestLeaf(tx, id, wanted)
        if (wanted !== undefined && leafId === undefined) throw notFound('The message')
        if (leafId !== undefined) await repository.showBranch(tx, id, leafId, await findBranchMemory(tx, id, leafId))
        return { session, leafId: leafId ?? (await repository.findLeaf(tx, id)) ?? undefined }
      })
      await transcribe(actor, session, leafId)
      return session
    },
    async delete(actor, id) {
      if (forgetSession !== undefined) {
        await get(actor, id)
        await forgetSession(actor, id)
      }
      const deleted = await operations.run(actor, { name: 'sessions.delete', ...own }, (tx) => repository.deleteSession(tx, id))
      if (!deleted) throw notFound('The conversation')
      // An answer under way finds its row gone; only when it has ended can nothing write the file again.
      await endRun(actor.workspaceId, id)
      await transcripts.remove(id)
    },
    async messages(actor, id, { limit, cursor, branch = 'active' }) {
      const [before] = cursor === undefined ? [] : fromCursor(cursor, isMessageCursor)
      const read = () => operations.run(actor, { name: 'sessions.messages', ...own, readOnly: true }, (tx) => readPage(tx, id, { before, limit, branch }))
      const page = await read()
      if (page.items.every(({ status }) => status !== 'running')) return page
      // Whoever looks at an answer that nobody makes any more is not to wait for it.
      await interrupted.end(actor.workspaceId, { sessionId: id })
      return await read()
    },
    async search(actor, { q, limit }) {
      const words = [
        ...new Set(
          fold(q)
            .split(/\s+/u)
            .filter((word) => word !== ''),
        ),
      ].slice(0, 20)
      if (words.length === 0) throw new AppError('VALIDATION', 'Write what to search for.', { details: [{ field: 'q', message: 'Must not be empty.' }] })
      const items = await operations.run(actor, { name: 'sessions.search', ...own, readOnly: true }, async (tx) => {
        const hits: SessionHit[] = []
        for (const session of await repository.searchSessions(tx, words, limit)) {
          const message = session.messageId === null ? undefined : await findMessage(tx, session.messageId)
          hits.push({ ...session, excerpt: excerptOf(message?.text ?? session.title, words) })
        }
        return hits
      })
      return { items, nextCursor: null, total: items.length }
    },
    async export(actor, id, format, branch = 'active') {
      const session = await get(actor, id)
      const leafId = await operations.run(actor, { name: 'sessions.export', ...own, readOnly: true }, (tx) => repository.findLeaf(tx, id))
      if (format === 'md') return sessionMarkdown(session, readEndedMessages(database, actor, id, branch === 'active' ? leafId : undefined))
      return textOf(transcriptOf(database, actor, { ...session, actorId: actorId(actor), leafId }, { branch: branch === 'active' }))
    },
  }
}

/** @throws AppError NOT_FOUND */
async function readPage(
  tx: Transaction,
  id: string,
  { before, limit, branch }: { before: number | undefined; limit: number; branch: Branch },
): Promise<Page<ChatMessage>> {
  const session = await repository.findSession(tx, id)
  if (session === undefined) throw notFound('The conversation')
  const leafId = branch === 'all' ? null : await repository.findLeaf(tx, id)
  const found =
    leafId === null ? await listNewestMessages(tx, id, { before, limit: limit + 1 }) : await listBranch(tx, id, { leafId, before, limit: limit + 1 })
  const messages = found.slice(0, limit)
  const groups = messages.length === 0 ? [] : await findSiblings(tx, id, messages)
  const siblings = new Map(groups.flatMap((ids) => ids.map((each) => [each, ids] as const)))
  const oldest = messages.at(-1)
  return {
    items: messages.reverse().map((message) => {
      const ids = siblings.get(message.id)
      return ids === undefined ? toChatMessage(message) : { ...toChatMessage(message), siblings: ids }
    }),
    nextCursor: found.length > limit && oldest !== undefined ? toCursor([oldest.sequence]) : null,
    total: leafId === null || (groups.length === 0 && found.length === session.messageCount) ? session.messageCount : await countBranch(tx, id, leafId),
  }
}

async function* textOf(lines: ReturnType<typeof transcriptOf>): AsyncGenerator<string> {
  for await (const line of lines) yield toText(line)
}

function isSessionCursor(values: readonly unknown[]): values is [string, string] {
  return values.length === 2 && typeof values[0] === 'string' && !Number.isNaN(Date.parse(values[0])) && isUuid(values[1])
}

function isMessageCursor(values: readonly unknown[]): values is [number] {
  return values.length === 1 && Number.isSafeInteger(values[0])
}
