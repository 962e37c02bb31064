import { z } from 'zod'
import { type ChatMessage, type ChatSession, chatMessageSchema, sessionSchema, type TranscriptLine } from '#contracts/chat.ts'
import type { TranscribedSession } from './sessions.repository.ts'

const place = { id: z.uuid(), parentId: z.uuid().nullable().optional() }
const sessionMetadata = sessionSchema
  .pick({ status: true, agent: true, memory: true, createdAt: true })
  .extend({ id: z.uuid(), workspaceId: z.uuid(), actorId: z.string().min(1), leafId: z.uuid().optional() })
const questionMetadata = z.object({ ...place, spokenFor: z.literal('mcp').optional() })
const answerMetadata = chatMessageSchema.pick({ status: true, agent: true, parts: true, citations: true }).extend(place).loose()

/**
 * The session itself, as one line; a later one replaces an earlier one.
 * @param leafId the last message of the branch that is shown, where that is not the last one in the file
 */
export function sessionLine(session: Omit<ChatSession, 'messageCount'>, actorId: string, workspaceId: string, leafId?: string): TranscriptLine {
  const { id, title, status, agent, memory, createdAt, updatedAt } = session
  const shown = leafId === undefined ? {} : { leafId }
  return { timestamp: updatedAt, type: 'session', content: title, metadata: { id, workspaceId, actorId, status, agent, memory, createdAt, ...shown } }
}

/** @param question `spokenFor` tells who asked it in the person's name */
export function questionLine(question: Pick<ChatMessage, 'id' | 'text' | 'createdAt' | 'parentId'> & { spokenFor?: unknown }): TranscriptLine {
  const { id, text, createdAt, parentId, spokenFor } = question
  const by = typeof spokenFor === 'string' ? { spokenFor } : {}
  return { timestamp: createdAt, type: 'user', content: text, metadata: { id, parentId: parentId ?? null, ...by } }
}

export function messageLine(message: Omit<ChatMessage, 'sessionId'>): TranscriptLine {
  const { id, role, status, agent, text, parts, citations, metadata, createdAt, parentId } = message
  if (role === 'user') return questionLine({ ...message, spokenFor: metadata.spokenFor })
  return { timestamp: createdAt, type: 'assistant', content: text, metadata: { ...metadata, id, parentId: parentId ?? null, status, agent, parts, citations } }
}

/** A session as its line tells it. */
export interface SessionOfLine extends Omit<TranscribedSession, 'messageCount'> {
  workspaceId: string
}

/** @throws ZodError when the line is not whole */
export function readSessionLine(line: TranscriptLine): SessionOfLine {
  const { id, workspaceId, actorId, status, agent, memory, createdAt, leafId = null } = sessionMetadata.parse(line.metadata)
  return { id, workspaceId, actorId, title: line.content, status, agent, memory, createdAt, updatedAt: line.timestamp, leafId }
}

/**
 * @param before the message of the line before it, which a line without a place of its own goes after
 * @throws ZodError when the line is not whole
 */
export function readMessageLine(line: TranscriptLine, sessionId: string, before: string | null): ChatMessage {
  if (line.type === 'user') {
    const { id, parentId = before, spokenFor } = questionMetadata.parse(line.metadata)
    return {
      id,
      sessionId,
      role: 'user',
      status: 'done',
      agent: null,
      text: line.content,
      parts: [{ type: 'text', text: line.content }],
      citations: [],
      metadata: spokenFor === undefined ? {} : { spokenFor },
      createdAt: line.timestamp,
      parentId,
    }
  }
  const { id, parentId = before, status, agent, parts, citations, ...metadata } = answerMetadata.parse(line.metadata)
  return { id, sessionId, role: 'assistant', status, agent, text: line.content, parts, citations, metadata, createdAt: line.timestamp, parentId }
}
