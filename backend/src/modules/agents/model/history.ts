import type { HistoryMessage } from './model-runner.types.ts'

const mostMessages = 20
const longestMessage = 3000
const mostCharacters = 16_000

/** The last messages of a conversation that a prompt has room for, oldest first. */
export function boundedHistory(history: readonly HistoryMessage[]): HistoryMessage[] {
  const kept: HistoryMessage[] = []
  let characters = 0
  for (const message of history.slice(-mostMessages).toReversed()) {
    const text = message.text.length <= longestMessage ? message.text : `${message.text.slice(0, longestMessage)}…`
    characters += text.length
    if (characters > mostCharacters) break
    if (text !== '') kept.unshift({ ...message, text })
  }
  // A prompt begins with what a person said.
  const first = kept.findIndex(({ role }) => role === 'user')
  return first === -1 ? [] : kept.slice(first)
}

const ownParts = new Set(['text', 'data-metric', 'data-plan'])

/**
 * Whether an earlier message may repeat words that somebody outside wrote: only what the person asked, and an answer of the planner without
 * a record in it, does not.
 */
export function showsRecords({ role, parts = [], citations, answeredBy, isSpokenFor = false }: HistoryMessage): boolean {
  if (role === 'user') return isSpokenFor
  return answeredBy !== 'planner' || citations === undefined || citations.length > 0 || parts.some(({ type }) => !ownParts.has(type))
}
