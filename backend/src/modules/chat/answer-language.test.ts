import { describe, expect, it } from 'vitest'
import { answered, createChatWorld } from './chat.testing.ts'

const request = { requestId: 'request-1' }

describe('the language of an answer', () => {
  it('is told with it, kept with the message, and that of why the agent answers', async () => {
    const world = await createChatWorld(() => answered('5 Kontakte.', { language: 'de', plan: { entity: 'contacts' } }))
    const answer = await world.chat.ask(world.actor, { message: 'Wie viele Kontakte?' }, request)
    expect(answer).toMatchObject({ language: 'de', text: '5 Kontakte.', routing: 'Es geht um Kontakte; darum kümmert sich der CRM-Agent.' })
    const stored = await world.gold("select metadata->>'language' as language from chat_messages where workspace_id = $1 and role = 'assistant'")
    expect(stored).toEqual([{ language: 'de' }])
    const chunks = await Array.fromAsync(await world.chat.stream(world.actor, { message: 'Und Leads?' }, request))
    expect(chunks.at(-1)).toMatchObject({ type: 'finish', messageMetadata: { language: 'de' } })
  })

  it('is also that of an answer that fails', async () => {
    const world = await createChatWorld(() => {
      throw new Error('secret')
    })
    const stream = await world.chat.stream(world.actor, { message: 'Wie viele Kontakte haben wir?' }, request)
    const chunks = await Array.fromAsync(stream)
    expect(chunks.at(-1)).toEqual({
      type: 'error',
      errorText: 'Beim Beantworten ist etwas schiefgegangen. Die Frage ist gespeichert; bitte noch einmal stellen.',
    })
  })
})
