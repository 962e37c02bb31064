import { isSpokenFor } from './kernel/actor.ts'
import type { AnswerCompanion } from './modules/chat/index.ts'
import type { MemoryService } from './modules/memory/index.ts'

/** Memory beside a conversation: it answers what is for it alone, tells a model what it knows, and learns from what was written. */
export function memoryCompanion(memory: Pick<MemoryService, 'readCommand' | 'promptLines' | 'remember' | 'applied'>): AnswerCompanion {
  return {
    intercept(actor, message) {
      // Another model neither teaches what a person is remembered for nor has it forgotten.
      const command = isSpokenFor(actor) ? undefined : memory.readCommand(actor, message)
      return command && (({ sessionId, questionId }) => command(actor, { sessionId, messageId: questionId, text: message }))
    },
    async preferences(tx, sessionId) {
      const { currency, timeZone } = await memory.applied(tx, sessionId)
      return { ...(currency === undefined ? {} : { currency }), ...(timeZone === undefined ? {} : { timeZone }) }
    },
    recall: (actor, message) => memory.promptLines(actor, { text: message }),
    async onAnswered(actor, message, _answer, { sessionId, questionId }) {
      if (!isSpokenFor(actor)) memory.remember(actor, { sessionId, messageId: questionId, text: message })
    },
  }
}
