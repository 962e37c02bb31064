import { isNotShown } from '#backend/modules/crm/index.ts'
import type { Language } from '#backend/modules/planner/language/languages.ts'
import type { DeclineReason } from '#backend/modules/planner/phrases/dialogue-phrases.ts'
import { phraseBook } from '#backend/modules/planner/phrases/phrases.ts'
import type { PlannerOutcome } from '#backend/modules/planner/planner.types.ts'

/** Says why a question is not answered, and questions that could be asked instead. */
export function decline(reason: DeclineReason | string, examples: readonly string[], language?: Language): PlannerOutcome {
  const { dialogue } = phraseBook(language)
  const instead = examples.length === 0 ? '' : dialogue.instead(examples)
  const text = `${typeof reason === 'string' ? reason : dialogue.decline(reason)}${instead}`
  return { kind: 'decline', confidence: 0, text, parts: [{ type: 'text', text }], citations: [], coverage: null, memory: null, plan: null }
}

/** What asks for a field that the actor does not see is no failure. @throws the error where it is any other */
export function declineHidden(error: unknown, language?: Language): PlannerOutcome {
  if (!isNotShown(error)) throw error
  return decline({ reason: 'notShown', fields: error.details?.flatMap(({ field }) => field ?? []) ?? [] }, [], language)
}

/** Asks back with the readings as choices, each a whole message. */
export function clarify(question: string, options: readonly { label: string; message: string }[], confidence: number): PlannerOutcome {
  return {
    kind: 'clarify',
    confidence,
    text: question,
    parts: [
      { type: 'text', text: question },
      { type: 'data-clarify', data: { question, options: [...options] } },
    ],
    citations: [],
    coverage: null,
    memory: null,
    plan: null,
  }
}
