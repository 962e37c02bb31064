import { describe, expect, it } from 'vitest'
import type { AnswerCompanion } from './answer-companion.ts'
import { answered, createChatWorld } from './chat.testing.ts'

const request = { requestId: 'r' }

async function createAccompanied() {
  const told: string[] = []
  const forgotten: string[] = []
  const asked: string[] = []
  const memory: AnswerCompanion = {
    intercept: (_actor, message) => (message.startsWith('remember') ? async () => ({ text: 'Remembered.', parts: [] }) : undefined),
    async onAnswered(_actor, message, { text }) {
      told.push(`${message} -> ${text}`)
      if (message === 'break') throw new Error('lost')
    },
    async forgetSession(_actor, sessionId) {
      forgotten.push(sessionId)
    },
  }
  const always: AnswerCompanion = { always: true, intercept: (_actor, message) => (message === 'ping' ? async () => ({ text: 'pong', parts: [] }) : undefined) }
  const world = await createChatWorld(
    (message) => {
      asked.push(message)
      return answered(`re ${message}`)
    },
    { companions: [memory, always] },
  )
  const ask = async (message: string, sessionId?: string) =>
    await world.chat.ask(world.actor, { message, ...(sessionId === undefined ? {} : { sessionId }) }, request)
  return { ...world, ask, told, forgotten, asked }
}

describe('whoever accompanies conversations', () => {
  it('answers what is for it alone, and is told of every answer', async () => {
    const world = await createAccompanied()
    const { sessionId, ...answer } = await world.ask('remember me')
    expect(answer).toMatchObject({ text: 'Remembered.', parts: [{ type: 'text', text: 'Remembered.' }], answeredBy: 'planner' })
    expect((await world.ask('hello', sessionId)).text).toBe('re hello')
    await world.ask('break', sessionId)
    await world.chat.drain(1000)
    expect(world.asked).toEqual(['hello', 'break'])
    expect(world.told).toEqual(['remember me -> Remembered.', 'hello -> re hello', 'break -> re break'])
    expect(world.logLines()).toContainEqual(expect.objectContaining({ msg: 'What follows an answer could not be done' }))
  })

  it('stays away from conversations that are not to be remembered, if it is about memory', async () => {
    const world = await createAccompanied()
    const { id } = await world.chat.sessions.create(world.actor, { memory: false })
    expect((await world.ask('remember me', id)).text).toBe('re remember me')
    expect((await world.ask('ping', id)).text).toBe('pong')
    await world.chat.drain(1000)
    expect(world.told).toEqual([])
  })

  it('forgets a conversation before it goes, of the one it belongs to', async () => {
    const world = await createAccompanied()
    const { sessionId } = await world.ask('hello')
    await expect(world.chat.sessions.delete(await world.member('owner'), sessionId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(world.forgotten).toEqual([])
    await world.chat.sessions.delete(world.actor, sessionId)
    expect(world.forgotten).toEqual([sessionId])
  })
})
