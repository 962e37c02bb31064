import { useSyncExternalStore } from 'react'
import { api, request } from '@/lib/api.ts'
import { ApiError, messageOf } from '@/lib/api-error.ts'
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

/** Lets go of a turn that the history shows from now on, with its failure if it has one. */
export function dismissTurn(key: string, isStored: (answerId: string) => boolean): void {
  const turn = turns.get(key)
  if (turn?.phase === 'settled' && turn.answer.id !== null && isStored(turn.answer.id)) put(key, undefined)
}

function change(keys: readonly string[], next: (turn: LiveTurn) => LiveTurn): void {
  for (const key of keys) {
    const turn = turns.get(key)
    if (turn !== undefined) put(key, next(turn))
  }
}

/** Longer each time; after the last one a person decides. */
const reconnectWaitsMs = [300, 700, 1500, 3000, 5000, 8000]
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

const turnOf = (keys: readonly string[]): LiveTurn | undefined => keys.map((key) => turns.get(key)).find((turn) => turn !== undefined)
const hasEnded = ({ answer, stopping }: LiveTurn): boolean =>
  answer.ended !== null || answer.failure !== null || answer.metadata.status !== undefined || stopping

/** Reads what a connection brings; a connection told anew tells the answer from its first word. @returns how many chunks came */
async function read(keys: string[], response: Response, onNamed: (sessionId: string) => void): Promise<number> {
  if (response.body === null) throw new Error('The answer did not arrive. Try again.')
  let count = 0
  try {
    for await (const chunk of readChunks(response.body)) {
      const isFirst = count++ === 0
      change(keys, (turn) => {
        const answer = withChunk(isFirst ? emptyAnswer : turn.answer, chunk)
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
  } catch (error) {
    // A connection that breaks is a TypeError in every browser.
    if (!(error instanceof TypeError)) throw error
  }
  return count
}

/** The running answer, told from its beginning; null when it is there or the server does not answer yet. */
async function readAgain(sessionId: string): Promise<{ response: Response | null; isOver: boolean }> {
  try {
    const response = await request('GET', `/api/chat/stream/${sessionId}`)
    return response.status === 204 ? { response: null, isOver: true } : { response, isOver: false }
  } catch (error) {
    if (error instanceof ApiError && (error.code === 'OFFLINE' || error.code === 'UNAVAILABLE' || error.code === 'UPSTREAM'))
      return { response: null, isOver: false }
    throw error
  }
}

/** Follows an answer to its end, over as many connections as it takes. */
async function follow(keys: string[], first: Response, onNamed: (sessionId: string) => void): Promise<void> {
  let response: Response | null = first
  let failures = 0
  let isOver = false
  for (;;) {
    if (response !== null && (await read(keys, response, onNamed)) > 1) failures = 0
    const turn = turnOf(keys)
    if (turn === undefined || hasEnded(turn) || turn.sessionId === null) break
    const wait = reconnectWaitsMs[failures++]
    if (wait === undefined) break
    change(keys, (one) => ({ ...one, answer: { ...one.answer, activity: 'The connection broke; connecting again' } }))
    await pause(wait)
    ;({ response, isOver } = await readAgain(turn.sessionId))
    if (isOver) break
  }
  const sessionId = turnOf(keys)?.sessionId
  change(keys, (turn) => {
    const isCut = !isOver && !hasEnded(turn) && turn.failure === null
    return { ...turn, phase: 'settled', failure: isCut ? 'The connection ended before the answer did. What arrived is kept.' : turn.failure }
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
