import { AppError } from '#backend/kernel/errors.ts'
import { isUuid } from '#backend/kernel/ids.ts'
import { type ChatRequest, messageTextSchema, type StreamRequest } from '#contracts/chat.ts'

/** A question; `clientId` is a client's own name of the chat, whose session is created when it is new. */
export interface Question extends Omit<ChatRequest, 'regenerate'> {
  clientId?: string | undefined
  /** An answer, or a question, that is answered once more; `last` is the last one of the branch that is shown. */
  regenerate?: string | undefined
}

/**
 * The question in a body of either form; of `useChat`'s it is the text of the last user message.
 * @throws AppError VALIDATION when there is none, or it is too long
 */
export function toQuestion({ message, sessionId, id, messages, trigger, messageId, ...rest }: StreamRequest): Question {
  const place = sessionId === undefined ? { clientId: id } : { sessionId }
  if (message !== undefined || rest.regenerate !== undefined) return { ...rest, ...(message === undefined ? {} : { message }), ...place }
  const lastPlace = messages?.findLastIndex((candidate) => candidate.role === 'user') ?? -1
  const last = messages?.[lastPlace]
  const spoken = last?.parts?.filter((part) => part.type === 'text').map((part) => part.text ?? '') ?? []
  const text = messageTextSchema.safeParse(spoken.length > 0 ? spoken.join('\n') : (last?.content ?? ''))
  if (!text.success) {
    const sentence = text.error.issues[0]?.message ?? 'Write a message.'
    throw new AppError('VALIDATION', sentence, { details: [{ field: 'messages', message: sentence }] })
  }
  const question = { ...rest, message: text.data, ...place }
  const isEdit = trigger === 'submit-message' && messageId !== undefined
  if (trigger !== 'regenerate-message' && !isEdit) return question
  // Its questions have names of the client's own, its answers ours; what comes after the edited message it has cut off.
  const before = messages?.slice(0, lastPlace).findLast((candidate) => candidate.role === 'assistant')
  const parent = before === undefined ? { parentId: null } : before.id !== undefined && isUuid(before.id) ? { parentId: before.id } : {}
  if (isEdit) return { ...question, ...parent }
  return { ...question, ...parent, regenerate: messageId !== undefined && isUuid(messageId) ? messageId : 'last' }
}
