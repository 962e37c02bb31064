import type { Database } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import type { TranscriptLine } from '#contracts/chat.ts'
import { listBranchIds } from './branches.repository.ts'
import { listEndedMessages, type StoredMessage } from './messages.repository.ts'
import type { TranscribedSession } from './sessions.repository.ts'
import { messageLine, sessionLine } from './transcript-lines.ts'

const pageSize = 200

/** Every ended message of a session in reading order, a page at a time; with `leafId`, those of its branch alone. */
export async function* readEndedMessages(database: Database, actor: Actor, sessionId: string, leafId?: string | null): AsyncGenerator<StoredMessage> {
  const branch = leafId == null ? undefined : new Set(await database.transaction(actor, (tx) => listBranchIds(tx, sessionId, leafId), { readOnly: true }))
  let after = 0
  for (;;) {
    const page = await database.transaction(actor, (tx) => listEndedMessages(tx, sessionId, { after, limit: pageSize }), { readOnly: true })
    yield* branch === undefined ? page : page.filter(({ id }) => branch.has(id))
    const last = page.at(-1)
    if (last === undefined || page.length < pageSize) return
    after = last.sequence
  }
}

/** The transcript of a session from the database: the whole of it, or the branch that is shown. */
export async function* transcriptOf(database: Database, actor: Actor, session: TranscribedSession, { branch = false } = {}): AsyncGenerator<TranscriptLine> {
  yield sessionLine(session, session.actorId, actor.workspaceId)
  let last: string | undefined
  let hasLeaf = false
  for await (const message of readEndedMessages(database, actor, session.id, branch ? session.leafId : undefined)) {
    last = message.id
    hasLeaf ||= last === session.leafId
    yield messageLine(message)
  }
  if (hasLeaf && session.leafId !== null && session.leafId !== last) yield sessionLine(session, session.actorId, actor.workspaceId, session.leafId)
}
