import { z } from 'zod'
import { type ChatMessage, type ChatSession, chatMessageSchema, sessionSchema, type TranscriptLine } from '#contracts/chat.ts'
import type { TranscribedSession } from './sessions.repository.ts'

const sessionMetadata = sessionSchema
  .pick({ status: true, agent: true, memory: true, createdAt: true })
  .extend({ id: z.uuid(), workspaceId: z.uuid(), actorId: z.string().min(1) })
const answerMetadata = chatMessageSchema.pick({ status: true, agent: true, parts: true, citations: true }).extend({ id: z.uuid() }).loose()

/** The session itself, as one line; a later one replaces an earlier one. */
export function sessionLine(session: Omit<ChatSession, 'messageCount'>, actorId: string, workspaceId: string): TranscriptLine {
  const { id, title, status, agent, memory, createdAt, updatedAt } = session
  return { timestamp: updatedAt, type: 'session', content: title, metadata: { id, workspaceId, actorId, status, agent, memory, createdAt } }
}

export function questionLine(id: string, text: string, createdAt: string): TranscriptLine {
  return { timestamp: createdAt, type: 'user', content: text, metadata: { id } }
}

export function messageLine(message: Omit<ChatMessage, 'sessionId'>): TranscriptLine {
  const { id, role, status, agent, text, parts, citations, metadata, createdAt } = message
  if (role === 'user') return questionLine(id, text, createdAt)
  return { timestamp: createdAt, type: 'assistant', content: text, metadata: { ...metadata, id, status, agent, parts, citations } }
}

/** @throws ZodError when the line is not whole */
export function readSessionLine(line: TranscriptLine): Omit<TranscribedSession, 'messageCount'> & { workspaceId: string } {
  const { id, workspaceId, actorId, status, agent, memory, createdAt } = sessionMetadata.parse(line.metadata)
  return { id, workspaceId, actorId, title: line.content, status, agent, memory, createdAt, updatedAt: line.timestamp }
}

/** @throws ZodError when the line is not whole */
export function readMessageLine(line: TranscriptLine, sessionId: string): ChatMessage {
  if (line.type === 'user') {
    const { id } = z.object({ id: z.uuid() }).parse(line.metadata)
    return {
      id,
      sessionId,
      role: 'user',
      status: 'done',
      agent: null,
      text: line.content,
      parts: [{ type: 'text', text: line.content }],
      citations: [],
      metadata: {},
      createdAt: line.timestamp,
    }
  }
  const { id, status, agent, parts, citations, ...metadata } = answerMetadata.parse(line.metadata)
  return { id, sessionId, role: 'assistant', status, agent, text: line.content, parts, citations, metadata, createdAt: line.timestamp }
}
