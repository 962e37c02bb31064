import type { Database } from '#backend/infra/database/database.ts'
import { type Actor, actorId, requireScope } from '#backend/kernel/actor.ts'
import { AppError } from '#backend/kernel/errors.ts'
import type { ChatMessage } from '#contracts/chat.ts'
import { restoreMessage } from './messages.repository.ts'
import { restoreSessionRow } from './sessions.repository.ts'
import { readMessageLine, readSessionLine } from './transcript-lines.ts'
import { readTranscript } from './transcripts.ts'

export interface RestoredSession {
  sessionId: string
  /** Messages that were not there before. */
  restored: number
}

/**
 * Brings a session back from its transcript; what is still in the database is left as it is.
 * @throws AppError VALIDATION when a line other than a torn last one cannot be read, or the session line is missing
 * @throws AppError FORBIDDEN for another workspace's session, or another person's without the right to administer
 */
export async function restoreSession(database: Database, actor: Actor, path: string): Promise<RestoredSession> {
  let session: ReturnType<typeof readSessionLine> | undefined
  let torn: number | undefined
  const messages: ChatMessage[] = []
  let leafId: string | null = null
  for await (const { number, line } of readTranscript(path)) {
    if (torn !== undefined) throw broken(torn)
    if (line === undefined) torn = number
    else if (line.type === 'session') {
      session = whole(number, () => readSessionLine(line))
      // A branch that was chosen is shown until the conversation goes on.
      leafId = session.leafId ?? leafId
    } else if (session === undefined) throw broken(number)
    else {
      const { id } = session
      messages.push(whole(number, () => readMessageLine(line, id, messages.at(-1)?.id ?? null)))
      leafId = messages.at(-1)?.id ?? null
    }
  }
  if (session === undefined) throw new AppError('VALIDATION', 'The file is not a transcript: no line describes its session.')
  const { workspaceId, ...row } = session
  if (workspaceId !== actor.workspaceId) throw new AppError('FORBIDDEN', 'The transcript belongs to another workspace.')
  if (row.actorId !== actorId(actor)) requireScope(actor, 'workspace:admin')
  const plan = memoryOf(messages, leafId)
  return await database.transaction(actor, async (tx) => {
    if (!(await restoreSessionRow(tx, { ...row, leafId }, plan))) throw new AppError('CONFLICT', 'A conversation with this id belongs to somebody else.')
    let restored = 0
    for (const message of messages) if (await restoreMessage(tx, message)) restored += 1
    return { sessionId: row.id, restored }
  })
}

/** What the newest answer of the branch remembered. */
function memoryOf(messages: readonly ChatMessage[], leafId: string | null): unknown {
  const byId = new Map(messages.map((message) => [message.id, message]))
  // Each message is looked at once, so a circle in the file ends as well.
  for (let id: string | null | undefined = leafId; id != null; ) {
    const message = byId.get(id)
    byId.delete(id)
    if (message?.metadata.memory !== undefined) return message.metadata.memory
    id = message?.parentId
  }
  return undefined
}

function whole<T>(number: number, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    throw broken(number, cause)
  }
}

function broken(number: number, cause?: unknown): AppError {
  return new AppError('VALIDATION', `Line ${number} of the transcript cannot be read.`, { cause })
}
