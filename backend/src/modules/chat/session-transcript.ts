import type { Database } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import type { TranscriptLine } from '#contracts/chat.ts'
import { listEndedMessages, type StoredMessage } from './messages.repository.ts'
import type { TranscribedSession } from './sessions.repository.ts'
import { messageLine, sessionLine } from './transcript-lines.ts'

const pageSize = 200

/** Every ended message of a session in reading order, a page at a time. */
export async function* readEndedMessages(database: Database, actor: Actor, sessionId: string): AsyncGenerator<StoredMessage> {
  let after = 0
  for (;;) {
    const page = await database.transaction(actor, (tx) => listEndedMessages(tx, sessionId, { after, limit: pageSize }), { readOnly: true })
    yield* page
    const last = page.at(-1)
    if (last === undefined || page.length < pageSize) return
    after = last.sequence
  }
}

/** The whole transcript of a session from the database. */
export async function* transcriptOf(database: Database, actor: Actor, session: TranscribedSession): AsyncGenerator<TranscriptLine> {
  yield sessionLine(session, session.actorId, actor.workspaceId)
  for await (const message of readEndedMessages(database, actor, session.id)) yield messageLine(message)
}
