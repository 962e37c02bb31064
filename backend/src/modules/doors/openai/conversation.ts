import { createHash } from 'node:crypto'
import { AppError } from '#backend/kernel/errors.ts'
import { messageTextSchema } from '#contracts/chat.ts'
import type { CompletionMessage, CompletionRequest } from '#contracts/openai.ts'

export interface Conversation {
  /** What is asked now: the last message of the user. */
  message: string
  /** Leads to the session of what was said before; undefined when nothing was answered yet. */
  before: string | undefined
  /** What will lead to it when the answer is sent back. */
  afterAnswer(text: string): string
}

const longestHistory = 4_000_000

/**
 * A conversation as OpenAI's clients send it.
 * @throws AppError VALIDATION when its last message is not a question of the user's, or asks for what agents do not do
 */
export function toConversation({ messages, n, tools }: CompletionRequest): Conversation {
  if (n !== undefined && n !== null && n !== 1) throw invalid('n', 'One answer is given at a time; leave n out.')
  if (tools !== undefined && tools !== null && tools.length > 0)
    throw invalid('tools', 'Agents bring tools of their own and cannot call yours; leave tools out. Their tools are served at /mcp.')
  const last = messages.at(-1)
  if (last?.role !== 'user') throw invalid('messages', 'The last message must be one of the user.')
  const asked = messageTextSchema.safeParse(textOf(last))
  if (!asked.success) throw invalid('messages', asked.error.issues[0]?.message ?? 'Write a message.')
  const spoken = messages.filter(({ role }) => role === 'user' || role === 'assistant').map((message) => ({ role: message.role, text: textOf(message) }))
  if (spoken.reduce((sum, { text }) => sum + text.length, 0) > longestHistory) throw invalid('messages', 'This conversation is too long; begin a new one.')
  const lastAnswer = spoken.findLastIndex(({ role }) => role === 'assistant')
  return {
    message: asked.data,
    before: lastAnswer === -1 ? undefined : keyOf(spoken.slice(0, lastAnswer + 1)),
    afterAnswer: (text) => keyOf([...spoken, { role: 'assistant', text }]),
  }
}

function textOf({ content }: CompletionMessage): string {
  if (content === undefined || content === null) return ''
  if (typeof content === 'string') return content
  if (content.some(({ type }) => type !== 'text')) throw invalid('messages', 'Only text is understood here, no images, sounds or files.')
  return content.map(({ text = '' }) => text).join('\n')
}

function keyOf(spoken: readonly { role: string; text: string }[]): string {
  const hash = createHash('sha256')
  // Clients trim what they keep.
  for (const { role, text } of spoken) hash.update(JSON.stringify([role, text.trim()]))
  return hash.digest('hex')
}

function invalid(field: string, message: string): AppError {
  return new AppError('VALIDATION', message, { details: [{ field, message }] })
}
