import { useSyncExternalStore } from 'react'
import { api, request } from '@/lib/api.ts'
import { messageOf } from '@/lib/api-error.ts'
import { timeZone } from '@/lib/format.ts'
import { emptyAnswer, type LiveAnswer, withChunk } from './live-answer.ts'
import { readChunks } from './ui-message-stream.ts'

/** A question on its way and the answer so far; it goes on while other pages are shown. */
export interface LiveTurn {
  sessionId: string | null
  /** Null when an answer is picked up again after a reload: its question is in the history. */
  question: string | null
  /** The message after which it goes, when it begins a branch; null begins the conversation anew. */
  after?: string | null | undefined
  askedAt: string
  answer: LiveAnswer
  phase: 'sent' | 'streaming' | 'settled'
  stopping: boolean
  failure: string | null
}

/** The key of a conversation that has no session yet. */
export const newConversation = 'new'

const turns = new Map<string, LiveTurn>()
const listeners = new Set<() => void>()
const settledListeners = new Set<(sessionId: string) => void>()

function put(key: string, turn: LiveTurn | undefined): void {
  if (turn === undefined) turns.delete(key)
  else turns.set(key, turn)
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useLiveTurn = (key: string): LiveTurn | undefined => useSyncExternalStore(subscribe, () => turns.get(key))

/** Called when an answer has ended and is on the server. */
export function onSettled(listener: (sessionId: string) => void): () => void {
  settledListeners.add(listener)
  return () => settledListeners.delete(listener)
}

export const isBusy = (turn: LiveTurn | undefined): boolean => turn !== undefined && turn.phase !== 'settled'

/** Lets go of a turn that the history shows from now on; a failed one stays, with its way to try again. */
export function dismissTurn(key: string, isStored: (answerId: string) => boolean): void {
  const turn = turns.get(key)
  if (turn?.phase === 'settled' && turn.failure === null && turn.answer.id !== null && isStored(turn.answer.id)) put(key, undefined)
}

function change(keys: readonly string[], next: (turn: LiveTurn) => LiveTurn): void {
  for (const key of keys) {
    const turn = turns.get(key)
    if (turn !== undefined) put(key, next(turn))
  }
}

async function follow(keys: string[], response: Response, onNamed: (sessionId: string) => void): Promise<void> {
  if (response.body === null) throw new Error('The answer did not arrive. Try again.')
  for await (const chunk of readChunks(response.body)) {
    change(keys, (turn) => {
      const answer = withChunk(turn.answer, chunk)
      return { ...turn, answer, sessionId: answer.metadata.sessionId ?? turn.sessionId, phase: 'streaming', failure: answer.failure }
    })
    const turn = turns.get(newConversation)
    if (keys[0] === newConversation && keys.length === 1 && turn?.sessionId != null) {
      // Kept under both names until its page has moved to the new address.
      keys.push(turn.sessionId)
      put(turn.sessionId, turn)
      onNamed(turn.sessionId)
    }
  }
  const sessionId = keys.map((key) => turns.get(key)?.sessionId).find((id) => id != null)
  change(keys, (turn) => {
    const cut = turn.answer.ended === null && turn.answer.metadata.status === undefined && turn.failure === null && !turn.stopping
    return { ...turn, phase: 'settled', failure: cut ? 'The connection ended before the answer did. What arrived is kept.' : turn.failure }
  })
  if (sessionId != null) for (const listener of settledListeners) listener(sessionId)
}

/**
 * Sends a question; without a session a new conversation begins under the name `newConversation`.
 * @param onNamed is told the new conversation's session
 */
export function ask(sessionId: string | null, message: string, onNamed: (sessionId: string) => void = () => undefined): void {
  begin(sessionId, { question: message }, { message }, onNamed)
}

/** Asks in another way what was asked before, or has it answered once more; what was there stays as another branch. */
export function branch(sessionId: string, from: { parentId: string | null; message: string } | { regenerate: string; questionId: string | null }): void {
  if ('message' in from) begin(sessionId, { question: from.message, after: from.parentId }, from)
  else begin(sessionId, { question: null, after: from.questionId }, { regenerate: from.regenerate })
}

function begin(
  sessionId: string | null,
  asked: Pick<LiveTurn, 'question' | 'after'>,
  body: Record<string, unknown>,
  onNamed: (sessionId: string) => void = () => undefined,
): void {
  const keys = [sessionId ?? newConversation]
  put(keys[0] as string, {
    sessionId,
    ...asked,
    askedAt: new Date().toISOString(),
    answer: emptyAnswer,
    phase: 'sent',
    stopping: false,
    failure: null,
  })
  request('POST', '/api/chat/stream', {
    body: JSON.stringify({ ...body, timeZone: timeZone(), ...(sessionId === null ? {} : { sessionId }) }),
    headers: { 'Content-Type': 'application/json' },
  })
    .then((response) => follow(keys, response, onNamed))
    .catch((error: unknown) => change(keys, (turn) => ({ ...turn, phase: 'settled', failure: messageOf(error) })))
}

/** The blank page is blank again. */
export const releaseNewConversation = (): void => put(newConversation, undefined)

/** Picks up an answer that was still being made when the page was loaded; false when there is none. */
export async function resume(sessionId: string): Promise<boolean> {
  if (isBusy(turns.get(sessionId))) return true
  const response = await request('GET', `/api/chat/stream/${sessionId}`)
  if (response.status === 204) return false
  put(sessionId, { sessionId, question: null, askedAt: new Date().toISOString(), answer: emptyAnswer, phase: 'streaming', stopping: false, failure: null })
  const keys = [sessionId]
  follow(keys, response, () => undefined).catch((error: unknown) => change(keys, (turn) => ({ ...turn, phase: 'settled', failure: messageOf(error) })))
  return true
}

/** Asks the server to end the answer; what has arrived stays. */
export async function stop(key: string): Promise<void> {
  const turn = turns.get(key)
  if (turn?.sessionId == null) return
  put(key, { ...turn, stopping: true })
  await api.post('/api/chat/stop', { sessionId: turn.sessionId })
}
