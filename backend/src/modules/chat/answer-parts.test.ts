import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createActorSlots } from './actor-slots.ts'
import { partChunks } from './answer-chunks.ts'
import { createAnswerLog } from './answer-log.ts'
import { excerptOf } from './excerpt.ts'
import { toQuestion } from './question.ts'
import { titleFromQuestion } from './session-title.ts'

describe('partChunks', () => {
  it('says every text whole, from wherever it was left', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), (text, place) => {
        const said = place % (text.length + 1)
        const deltas = [...partChunks([{ type: 'text', text }], said)].flatMap((chunk) => (chunk.type === 'text-delta' ? [chunk.delta] : []))
        return deltas.join('') === text.slice(said) && deltas.every((delta) => delta !== '')
      }),
    )
  })

  it('gives each text part an id of its own', () => {
    const chunks = [
      ...partChunks([
        { type: 'text', text: 'a' },
        { type: 'data-metric', data: { label: 'n', value: 1 } },
        { type: 'text', text: 'b' },
      ]),
    ]
    expect(chunks.map((chunk) => ('id' in chunk ? `${chunk.type} ${chunk.id}` : chunk.type))).toEqual([
      'text-start text-0',
      'text-delta text-0',
      'text-end text-0',
      'data-metric',
      'text-start text-1',
      'text-delta text-1',
      'text-end text-1',
    ])
  })
})

describe('createAnswerLog', () => {
  it('lets readers begin at any time and leave without disturbing the others', async () => {
    const log = createAnswerLog()
    log.write({ type: 'start' })
    const early = log.read().getReader()
    expect((await early.read()).value).toEqual({ type: 'start' })
    const waiting = early.read()
    const leaver = log.read()
    await leaver.cancel()
    log.write({ type: 'finish' })
    expect((await waiting).value).toEqual({ type: 'finish' })
    log.end()
    expect((await early.read()).done).toBe(true)
    expect(await Array.fromAsync(log.read())).toEqual([{ type: 'start' }, { type: 'finish' }])
  })
})

describe('createActorSlots', () => {
  it('lets the next in line begin when one is done, and forgets who left the line', async () => {
    const slots = createActorSlots({ running: 1, waiting: 2 })
    const [first, second, third] = [slots.reserve('a'), slots.reserve('a'), slots.reserve('a')]
    expect(() => slots.reserve('a')).toThrow('3 of your questions')
    await slots.reserve('b').ready
    const began: string[] = []
    void second.ready.then(() => began.push('second'))
    void third.ready.then(() => began.push('third'))
    second.release()
    first.release()
    first.release()
    await third.ready
    expect(began).toEqual(['third'])
    third.release()
    await slots.reserve('a').ready
  })
})

describe('titleFromQuestion', () => {
  it.each([
    ['How many  contacts\n are there?', 'How many contacts are there?'],
    ['/sales win rate by owner', 'win rate by owner'],
    ['/help', '/help'],
    ['/sales', '/sales'],
    [`${'word '.repeat(30)}`, `${'word '.repeat(11)}word`.slice(0, 54).concat('…')],
    ['x'.repeat(80), `${'x'.repeat(59)}…`],
    ['👩‍🔧'.repeat(3), '👩‍🔧'.repeat(3)],
  ])('%j', (question, title) => {
    expect(titleFromQuestion(question)).toBe(title)
  })
})

describe('excerptOf', () => {
  it('shows the passage around the first word', () => {
    const text = `${'before '.repeat(20)}Müller ${'after '.repeat(40)}`
    const excerpt = excerptOf(text, ['muller'])
    expect(excerpt).toMatch(/^….*Müller.*…$/)
    expect(excerpt.length).toBeLessThanOrEqual(162)
    expect(excerptOf('short', ['other'])).toBe('short')
  })
})

describe('toQuestion', () => {
  it('reads our body', () => {
    expect(toQuestion({ message: 'hi', sessionId: 's', timeZone: 'UTC' })).toEqual({ message: 'hi', sessionId: 's', timeZone: 'UTC' })
  })

  it('reads the last user message of useChat, its text parts alone', () => {
    const messages = [
      { role: 'user', parts: [{ type: 'text', text: 'old' }] },
      { role: 'user', parts: [{ type: 'text', text: ' new' }, { type: 'file' }, { type: 'text', text: 'question ' }] },
      { role: 'assistant', parts: [{ type: 'text', text: 'answer' }] },
    ]
    expect(toQuestion({ id: 'chat-1', messages })).toEqual({ message: 'new\nquestion', clientId: 'chat-1' })
    expect(toQuestion({ id: 'chat-1', messages: [{ role: 'user', content: 'plain' }] })).toEqual({ message: 'plain', clientId: 'chat-1' })
  })

  it('refuses a body without a question, or with one that is too long', () => {
    expect(() => toQuestion({ id: 'c', messages: [{ role: 'assistant', content: 'x' }] })).toThrow('Write a message.')
    expect(() => toQuestion({ id: 'c', messages: [{ role: 'user', content: 'x'.repeat(32_001) }] })).toThrow('at most 32,000 characters')
  })
})
