import { describe, expect, it } from 'vitest'
import type { ChatMessage } from '#contracts/chat.ts'
import { emptyAnswer } from './live-answer.ts'
import { shownMessages } from './shown-message.ts'

const stored = (id: string, role: 'user' | 'assistant', text: string, status: ChatMessage['status'] = 'done'): ChatMessage => ({
  id,
  sessionId: 's',
  role,
  status,
  agent: role === 'user' ? null : 'crm',
  text,
  parts: [],
  citations: [],
  metadata: {},
  createdAt: '2026-11-20T09:00:00.000Z',
})
const turn = {
  sessionId: 's',
  question: 'how many?',
  askedAt: '2026-11-20T09:01:00.000Z',
  answer: emptyAnswer,
  phase: 'sent',
  stopping: false,
  failure: null,
} as const
const outline = (messages: ReturnType<typeof shownMessages>) => messages.map((message) => `${message.role} ${message.text || message.state}`)

describe('shownMessages', () => {
  const history = [stored('1', 'user', 'hello'), stored('2', 'assistant', 'Hello.')]
  it('adds a question on its way to the history', () => {
    expect(outline(shownMessages(history, turn))).toEqual(['user hello', 'assistant Hello.', 'user how many?', 'assistant waiting'])
  })
  it('shows a question once when the history has it already', () => {
    expect(outline(shownMessages([...history, stored('3', 'user', 'how many?')], turn))).toEqual([
      'user hello',
      'assistant Hello.',
      'user how many?',
      'assistant waiting',
    ])
    const running = { ...turn, answer: { ...emptyAnswer, id: '4' }, phase: 'streaming' } as const
    expect(outline(shownMessages([...history, stored('3', 'user', 'how many?'), stored('4', 'assistant', '', 'running')], running))).toEqual([
      'user hello',
      'assistant Hello.',
      'user how many?',
      'assistant waiting',
    ])
  })
  it('keeps the stored question of an answer picked up after a reload', () => {
    const resumed = { ...turn, question: null, answer: { ...emptyAnswer, id: '4' }, phase: 'streaming' } as const
    expect(outline(shownMessages([stored('3', 'user', 'how many?'), stored('4', 'assistant', '', 'running')], resumed))).toEqual([
      'user how many?',
      'assistant waiting',
    ])
  })
  it('marks an answer whose process was gone, without the sentence about it in its words', () => {
    const failure = 'This answer was interrupted before it was finished. Ask again.'
    const kept = (text: string, metadata: Record<string, unknown>): ChatMessage => ({
      ...stored('2', 'assistant', text, 'failed'),
      parts: [{ type: 'text', text }],
      metadata,
    })
    const [broken] = shownMessages([kept(`Half of it\n\n${failure}`, { interrupted: true, failure, answeredBy: 'model' })], undefined)
    expect(broken).toMatchObject({ state: 'failed', failure: null, parts: [{ type: 'text', text: 'Half of it' }] })
    expect(shownMessages([kept(failure, { interrupted: true, failure })], undefined)[0]).toMatchObject({ failure: null, parts: [] })
    expect(shownMessages([kept('Half.\n\nThe model is away.', { failure: 'The model is away.' })], undefined)[0]).toMatchObject({
      failure: 'The model is away.',
      parts: [{ type: 'text', text: 'Half.' }],
    })
  })
  it('cuts the history where a branch begins', () => {
    const longer = [...history, stored('3', 'user', 'how many?'), stored('4', 'assistant', 'Four.')]
    expect(outline(shownMessages(longer, { ...turn, question: 'how many leads?', after: '2' }))).toEqual([
      'user hello',
      'assistant Hello.',
      'user how many leads?',
      'assistant waiting',
    ])
    expect(outline(shownMessages(longer, { ...turn, question: 'hi', after: null }))).toEqual(['user hi', 'assistant waiting'])
    expect(outline(shownMessages(longer, { ...turn, question: null, after: '3' }))).toEqual([
      'user hello',
      'assistant Hello.',
      'user how many?',
      'assistant waiting',
    ])
  })
  it('says stopped and failed apart', () => {
    const stopped = { ...turn, phase: 'settled', stopping: true, answer: { ...emptyAnswer, ended: 'aborted' } } as const
    expect(shownMessages([], stopped).at(-1)?.state).toBe('stopped')
    const failed = { ...turn, phase: 'settled', failure: 'The server cannot be reached.' } as const
    expect(shownMessages([], failed).at(-1)).toMatchObject({ state: 'failed', failure: 'The server cannot be reached.' })
  })
})
