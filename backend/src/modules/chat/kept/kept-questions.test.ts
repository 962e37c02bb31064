import { describe, expect, it } from 'vitest'
import { parseQuestions } from '#backend/cli/ask-file/question.ts'
import { newId } from '#backend/kernel/ids.ts'
import { answered, createChatWorld, type Script } from '../chat.testing.ts'

const script: Script = (message) => {
  if (/weather/.test(message)) return answered('I cannot tell.', { kind: 'decline', confidence: 0 })
  if (/John$/.test(message)) return answered('Which John?', { kind: 'clarify', confidence: 0.5 })
  if (/^no, /.test(message)) return answered('There they are.', { plan: { entity: 'leads' }, repairs: true })
  return answered('There they are.', { plan: { entity: 'contacts' } })
}

async function createAsker() {
  const world = await createChatWorld(script)
  const { chat } = world
  const ask = async (actor: typeof world.actor, message: string, sessionId?: string) =>
    await chat.ask(actor, { message, ...(sessionId === undefined ? {} : { sessionId }) }, { requestId: newId() })
  const list = async (actor: typeof world.actor) => (await chat.kept.list(actor, { limit: 50 })).items
  return { ...world, ask, list }
}

describe('kept questions', () => {
  it('are kept only when the person allows it, which nobody does before being asked', async () => {
    const { actor, chat, ask, list } = await createAsker()
    expect(await chat.kept.consent(actor)).toEqual({ consents: null })
    const { messageId } = await ask(actor, 'what is the weather?')
    expect(await list(actor)).toEqual([])
    await expect(chat.kept.keep(actor, messageId)).rejects.toMatchObject({ code: 'CONFLICT' })
    await chat.kept.changeConsent(actor, true)
    await ask(actor, 'and the weather tomorrow?')
    await ask(actor, 'phone of John')
    await ask(actor, 'contacts')
    expect((await list(actor)).map(({ text, outcome }) => [text, outcome])).toEqual([
      ['phone of John', 'clarified'],
      ['and the weather tomorrow?', 'declined'],
    ])
    await chat.kept.changeConsent(actor, false)
    await ask(actor, 'what is the weather?')
    expect(await list(actor)).toHaveLength(2)
  })

  it('remember the message that repaired them, and what was asked before', async () => {
    const { actor, chat, ask, list } = await createAsker()
    await chat.kept.changeConsent(actor, true)
    const first = await ask(actor, 'contacts')
    await ask(actor, 'open ones', first.sessionId)
    await ask(actor, 'no, I meant leads', first.sessionId)
    expect(await list(actor)).toMatchObject([
      { text: 'open ones', askedBefore: ['contacts'], outcome: 'corrected', correction: 'no, I meant leads', plan: null, person: actor.name },
    ])
    const declined = await ask(actor, 'weather for contacts', first.sessionId)
    await ask(actor, 'contacts at all', declined.sessionId)
    expect((await list(actor))[0]).toMatchObject({ text: 'weather for contacts', outcome: 'declined', correction: 'contacts at all' })
    const lost = await ask(actor, 'weather for contacts tomorrow', first.sessionId)
    await ask(actor, 'how many contacts were created last month', lost.sessionId)
    expect((await list(actor))[0]).toMatchObject({ text: 'weather for contacts tomorrow', correction: null })
  })

  it('are shown to their person, and to owners and admins; another person keeps and deletes nothing of them', async () => {
    const { actor, member, chat, ask, list } = await createAsker()
    const [rep, other] = [await member('rep', 'Raj'), await member('rep', 'Sofia')]
    await chat.kept.changeConsent(rep, true)
    const { messageId } = await ask(rep, 'contacts')
    await chat.kept.keep(rep, messageId)
    const [kept] = await list(rep)
    expect(kept).toMatchObject({ text: 'contacts', outcome: 'corrected', person: 'Raj' })
    expect(await list(other)).toEqual([])
    expect(await list(actor)).toHaveLength(1)
    await chat.kept.changeConsent(other, true)
    await expect(chat.kept.keep(other, messageId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(chat.kept.delete(other, kept?.id ?? '')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await chat.kept.deleteAll(other)).toEqual({ deleted: 0 })
    await chat.kept.delete(rep, kept?.id ?? '')
    expect(await list(actor)).toEqual([])
  })

  it('leave as lines that the question tables take', async () => {
    const { actor, chat, ask } = await createAsker()
    await chat.kept.changeConsent(actor, true)
    const { messageId } = await ask(actor, 'contacts')
    await chat.kept.keep(actor, messageId)
    const { sessionId } = await ask(actor, 'contacts of mine')
    await ask(actor, 'what is the weather?', sessionId)
    const lines = (await Array.fromAsync(chat.kept.exportLines(actor))).join('')
    expect(parseQuestions(lines)).toMatchObject([{ family: 'kept', ask: ['contacts of mine', 'what is the weather?'], expect: 'decline' }])
    expect(lines).toMatch(/^\/\/ \{"id":"kept-/m)
  })

  it('are paged from the newest', async () => {
    const { actor, chat, ask } = await createAsker()
    await chat.kept.changeConsent(actor, true)
    for (const day of ['today', 'tomorrow', 'on Friday']) await ask(actor, `what is the weather ${day}?`)
    const page = await chat.kept.list(actor, { limit: 2 })
    const rest = await chat.kept.list(actor, { limit: 2, cursor: page.nextCursor ?? '' })
    expect(page).toMatchObject({ total: 3, items: [{ text: 'what is the weather on Friday?' }, { text: 'what is the weather tomorrow?' }] })
    expect(rest).toMatchObject({ nextCursor: null, items: [{ text: 'what is the weather today?' }] })
    await expect(chat.kept.list(actor, { limit: 2, cursor: 'nonsense' })).rejects.toMatchObject({ code: 'VALIDATION' })
  })
})
