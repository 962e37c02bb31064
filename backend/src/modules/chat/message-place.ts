import type { Transaction } from '#backend/infra/database/database.ts'
import { AppError, notFound } from '#backend/kernel/errors.ts'
import { findBranchMemory, findPlacedMessage, type PlacedMessage } from './branches.repository.ts'
import type { Question } from './question.ts'

/** Where a question goes. */
export interface MessagePlace {
  /** The message before it; null begins the conversation. */
  parentId: string | null
  /** The question that is answered once more. */
  again?: PlacedMessage
  /** What a follow-up refers to in a branch that is not the one shown. */
  branch?: { plan: unknown }
}

type Asked = Pick<Question, 'message' | 'parentId' | 'regenerate'>

/**
 * Finds the place of a question in a session.
 * @param leafId the last message of the branch that is shown
 * @throws AppError NOT_FOUND for a message that the session does not have, VALIDATION for a question that would follow a question
 */
export async function findPlace(tx: Transaction, sessionId: string, leafId: string | null, { message, parentId, regenerate }: Asked): Promise<MessagePlace> {
  if (regenerate !== undefined) {
    const again = await findQuestion(tx, sessionId, regenerate === 'last' ? leafId : regenerate)
    if (again !== undefined) return { parentId: again.parentId, again, branch: { plan: await memoryAt(tx, sessionId, again.parentId) } }
    // A client that names its messages itself says what it would ask, and after which answer.
    if (message === undefined || parentId === undefined) throw notFound('The message')
  }
  if (parentId === undefined) return { parentId: leafId }
  if (parentId !== null) {
    const parent = await findPlacedMessage(tx, sessionId, parentId)
    if (parent === undefined) throw notFound('The message')
    if (parent.role === 'user')
      throw new AppError('VALIDATION', 'A question goes after an answer, not after a question.', {
        details: [{ field: 'parentId', message: 'Must be the id of an answer.' }],
      })
  }
  return { parentId, branch: { plan: await memoryAt(tx, sessionId, parentId) } }
}

/** A question by its own id or that of one of its answers. */
async function findQuestion(tx: Transaction, sessionId: string, messageId: string | null): Promise<PlacedMessage | undefined> {
  const message = messageId === null ? undefined : await findPlacedMessage(tx, sessionId, messageId)
  if (message === undefined || message.role === 'user') return message
  return message.parentId === null ? undefined : await findPlacedMessage(tx, sessionId, message.parentId)
}

async function memoryAt(tx: Transaction, sessionId: string, messageId: string | null): Promise<unknown> {
  return messageId === null ? null : await findBranchMemory(tx, sessionId, messageId)
}
