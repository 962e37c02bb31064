import { AppError } from '#backend/kernel/errors.ts'
import { type ChatRequest, messageTextSchema, type StreamRequest } from '#contracts/chat.ts'

/** A question; `clientId` is a client's own name of the chat, whose session is created when it is new. */
export interface Question extends ChatRequest {
  clientId?: string | undefined
}

/**
 * The question in a body of either form; of `useChat`'s it is the text of the last user message.
 * @throws AppError VALIDATION when there is none, or it is too long
 */
export function toQuestion({ message, sessionId, id, messages, ...rest }: StreamRequest): Question {
  if (message !== undefined) return { ...rest, message, ...(sessionId === undefined ? { clientId: id } : { sessionId }) }
  const last = messages?.findLast((candidate) => candidate.role === 'user')
  const spoken = last?.parts?.filter((part) => part.type === 'text').map((part) => part.text ?? '') ?? []
  const text = messageTextSchema.safeParse(spoken.length > 0 ? spoken.join('\n') : (last?.content ?? ''))
  if (!text.success) {
    const sentence = text.error.issues[0]?.message ?? 'Write a message.'
    throw new AppError('VALIDATION', sentence, { details: [{ field: 'messages', message: sentence }] })
  }
  return { ...rest, message: text.data, ...(sessionId === undefined ? { clientId: id } : { sessionId }) }
}
