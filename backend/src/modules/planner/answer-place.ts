import { phraseBook } from './phrases/phrases.ts'
import type { Frame } from './plan/frame.ts'
import type { Interpretation } from './plan/interpret.ts'
import type { PendingChoice, PlannerContext, PlannerOutcome } from './planner.types.ts'

/**
 * "In New York" may be said of the city or of the state. Where only one of them holds records, or both hold the same, that is the
 * answer; where they differ, it is asked back.
 */
export async function answerPlace(
  message: string,
  frame: Frame,
  chosen: Interpretation['chosen'],
  language: PlannerContext['language'],
  answer: (frame: Frame) => Promise<PlannerOutcome>,
): Promise<PlannerOutcome | { ask: PendingChoice }> {
  const named = cityAndState(frame, chosen)
  if (named === undefined) return answer(frame)
  const [city, state] = [await answer(frame), await answer({ ...frame, constraints: inState(frame.constraints, named.value) })]
  if (isEmpty(state) || shown(city) === shown(state)) return city
  if (isEmpty(city)) return state
  const { whichOne, theCity, theState } = phraseBook(language).dialogue
  const options = [theCity, theState].map((say) => ({ label: say(named.value), message: message.replace(named.text, () => say(named.value)) }))
  return { ask: { question: whichOne(named.text), options } }
}

/** The one value that was taken for a city though a state is called so too. */
function cityAndState({ constraints }: Frame, chosen: Interpretation['chosen']): { text: string; value: string } | undefined {
  for (const { lexeme, reading } of chosen) {
    if (reading.kind !== 'value') continue
    const of = (path: string) => reading.options.find((option) => option.path === path)?.value
    const [city, state] = [of('city'), of('state')]
    if (city !== undefined && city === state && asksCity(constraints, city)) return { text: lexeme.text, value: city }
  }
  return undefined
}

/** Whether one of the tests, however deep, is of this city. */
function asksCity(test: unknown, value: string): boolean {
  if (test === null || typeof test !== 'object') return false
  if ('field' in test && 'op' in test && 'value' in test && test.op === 'eq' && test.value === value && /(?:^|\.)city$/.test(String(test.field))) return true
  return Object.values(test).some((one) => asksCity(one, value))
}

/** The same tests, of the state. */
function inState<T>(test: T, value: string): T {
  if (Array.isArray(test)) return test.map((one) => inState(one, value)) as T
  if (test === null || typeof test !== 'object') return test
  if ('field' in test && 'value' in test && test.value === value) return { ...test, field: String(test.field).replace(/city$/, 'state') }
  return Object.fromEntries(Object.entries(test).map(([key, one]) => [key, inState(one, value)])) as T
}

function shown({ parts }: PlannerOutcome): string {
  return JSON.stringify(
    parts.map((part) =>
      part.type === 'data-table' ? [part.data.rows, part.data.total] : part.type === 'data-metric' ? [part.data.value, part.data.currency] : [],
    ),
  )
}

/** No record, and no figure above zero. */
function isEmpty({ parts }: PlannerOutcome): boolean {
  return parts.every((part) => (part.type === 'data-table' ? part.data.total === 0 : part.type !== 'data-metric' || Number(part.data.value ?? 0) === 0))
}
