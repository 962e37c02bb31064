import type { AnswerCompanion } from './modules/chat/index.ts'
import type { MemoryService } from './modules/memory/index.ts'

/** Memory beside a conversation: it answers what is for it alone, tells a model what it knows, and learns from what was written. */
export function memoryCompanion(memory: Pick<MemoryService, 'readCommand' | 'promptLines' | 'remember' | 'applied'>): AnswerCompanion {
  return {
    intercept(actor, message) {
      const command = memory.readCommand(actor, message)
      return command && (({ sessionId, questionId }) => command(actor, { sessionId, messageId: questionId, text: message }))
    },
    async preferences(tx, sessionId) {
      const { currency, timeZone } = await memory.applied(tx, sessionId)
      return { ...(currency === undefined ? {} : { currency }), ...(timeZone === undefined ? {} : { timeZone }) }
    },
    recall: (actor, message) => memory.promptLines(actor, { text: message }),
    async onAnswered(actor, message, _answer, { sessionId, questionId }) {
      memory.remember(actor, { sessionId, messageId: questionId, text: message })
    },
  }
}
