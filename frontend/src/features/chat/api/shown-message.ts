import type { AnswerMetadata, ChatMessage, MessagePart } from '#contracts/chat.ts'
import type { LiveTurn } from './conversations.ts'

/** A message as the conversation shows it, from the history or still arriving. */
export interface ShownMessage {
  id: string
  role: 'user' | 'assistant'
  text: string
  parts: readonly MessagePart[]
  metadata: Partial<AnswerMetadata>
  at: string
  state: 'waiting' | 'streaming' | 'done' | 'stopped' | 'failed'
  failure: string | null
  /** The message before it; undefined until the server has told. */
  parentId?: string | null | undefined
  /** What stands in its place on other branches, itself among them. */
  siblings?: readonly string[] | undefined
  /** What is being done while nothing can be read yet. */
  activity?: string | null | undefined
}

/** What had been said before it failed; the sentence about the failure stands at the end of what is kept. */
function withoutFailure(text: string, failure: string): string {
  return failure !== '' && text.endsWith(failure) ? text.slice(0, -failure.length).trimEnd() : text
}

function fromHistory(message: ChatMessage): ShownMessage {
  const { failure: told, interrupted, ...metadata } = message.metadata as Partial<AnswerMetadata> & { failure?: unknown; interrupted?: unknown }
  const failure =
    message.status === 'failed' ? (typeof told === 'string' && told !== '' ? told : message.text === '' ? 'This answer could not be made.' : null) : null
  const text = failure === null ? message.text : withoutFailure(message.text, failure)
  const parts = message.parts.length > 0 ? message.parts : [{ type: 'text' as const, text: message.text }]
  return {
    id: message.id,
    role: message.role,
    text,
    parts: parts
      .map((part) => (part.type === 'text' && failure !== null ? { ...part, text: withoutFailure(part.text, failure) } : part))
      .filter((part) => part.type !== 'text' || part.text !== ''),
    metadata: { ...metadata, citations: message.citations, ...(message.agent === null ? {} : { agent: message.agent }) },
    at: message.createdAt,
    state: message.status === 'running' ? 'streaming' : message.status,
    // One that was interrupted is marked as such; there is nothing that went wrong with the question.
    failure: interrupted === true ? null : failure,
    parentId: message.parentId,
    siblings: message.siblings,
  }
}

function fromTurn(turn: LiveTurn): ShownMessage[] {
  const { answer } = turn
  const question: ShownMessage[] =
    turn.question === null ? [] : [{ id: 'asked', role: 'user', text: turn.question, parts: [], metadata: {}, at: turn.askedAt, state: 'done', failure: null }]
  const stopped = answer.metadata.status === 'stopped' || answer.ended === 'aborted' || (turn.stopping && turn.phase === 'settled')
  const state =
    turn.failure !== null ? 'failed' : turn.phase === 'settled' ? (stopped ? 'stopped' : 'done') : answer.parts.length === 0 ? 'waiting' : 'streaming'
  return [
    ...question,
    {
      id: answer.id ?? 'answer',
      role: 'assistant',
      text: '',
      parts: answer.parts,
      metadata: answer.metadata,
      at: turn.askedAt,
      state,
      failure: turn.failure,
      activity: turn.phase === 'settled' ? null : answer.activity,
    },
  ]
}

/** The history and the turn that is on its way, without showing anything twice. */
export function shownMessages(history: readonly ChatMessage[], turn: LiveTurn | undefined): ShownMessage[] {
  if (turn === undefined) return history.map(fromHistory)
  const answerId = turn.answer.id
  const place = answerId === null ? -1 : history.findIndex((message) => message.id === answerId)
  let before = history
  if (place >= 0) {
    // The server has stored the question right before its answer.
    const asked = turn.question !== null && history[place - 1]?.role === 'user' ? place - 1 : place
    before = history.slice(0, asked)
  } else if (turn.after !== undefined) {
    // A branch: what came after stands on another one.
    before = history.slice(0, history.findIndex((message) => message.id === turn.after) + 1)
  } else if (turn.question !== null && history.at(-1)?.role === 'user' && history.at(-1)?.text === turn.question) {
    before = history.slice(0, -1)
  } else if (turn.question === null && history.at(-1)?.status === 'running') {
    before = history.slice(0, -1)
  }
  return [...before.map(fromHistory), ...fromTurn(turn)]
}
