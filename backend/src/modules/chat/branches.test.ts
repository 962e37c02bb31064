import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newId } from '#backend/kernel/ids.ts'
import type { PlannerMemory } from '#backend/modules/agents/index.ts'
import { answered, createChatWorld } from './chat.testing.ts'
import { restoreSession } from './restore-session.ts'

const request = { requestId: 'r' }

/** Remembers of each message its own words, and notes what each was told of the one before. */
async function createTeller() {
  const heard: [string, unknown][] = []
  let count = 0
  const world = await createChatWorld((message, { previous }) => {
    heard.push([message, (previous as { said?: string } | undefined)?.said])
    count += 1
    return answered(`${count}: ${message}`, { memory: { said: message } as unknown as PlannerMemory })
  })
  const ask = (message: string, more: object = {}) => world.chat.ask(world.actor, { message, ...more }, request)
  const shown = async (sessionId: string) => (await world.chat.sessions.messages(world.actor, sessionId, { limit: 50 })).items
  const texts = async (sessionId: string) => (await shown(sessionId)).map(({ text }) => text)
  return { ...world, heard, ask, shown, texts }
}

describe('a question that is edited', () => {
  it('goes after the answer before it, in a branch with a memory of its own', async () => {
    const world = await createTeller()
    const first = await world.ask('contacts')
    const { sessionId } = first
    const second = await world.ask('in London', { sessionId })
    await world.ask('by owner', { sessionId })
    const edited = await world.ask('in Paris', { sessionId, parentId: first.messageId })
    await world.ask('and their deals', { sessionId })
    expect(await world.texts(sessionId)).toEqual(['contacts', '1: contacts', 'in Paris', '4: in Paris', 'and their deals', '5: and their deals'])
    expect(world.heard).toEqual([
      ['contacts', undefined],
      ['in London', 'contacts'],
      ['by owner', 'in London'],
      ['in Paris', 'contacts'],
      ['and their deals', 'in Paris'],
    ])
    const place = (await world.shown(sessionId))[2]
    const [london, paris] = place?.siblings ?? []
    expect(paris).toBe(place?.id)
    expect((await world.shown(sessionId)).map(({ siblings }) => siblings?.length)).toEqual([undefined, undefined, 2, undefined, undefined, undefined])

    const changed = await world.chat.sessions.change(world.actor, sessionId, { leafId: london as string })
    expect(changed).toMatchObject({ id: sessionId, messageCount: 10 })
    expect(await world.texts(sessionId)).toEqual(['contacts', '1: contacts', 'in London', '2: in London', 'by owner', '3: by owner'])
    await world.ask('and their deals', { sessionId })
    expect(world.heard.at(-1)).toEqual(['and their deals', 'by owner'])
    expect([second.messageId, edited.messageId]).not.toContain(undefined)
  })

  it('may begin the conversation anew, and nothing is remembered then', async () => {
    const world = await createTeller()
    const { sessionId } = await world.ask('contacts')
    await world.ask('leads', { sessionId, parentId: null })
    expect(await world.texts(sessionId)).toEqual(['leads', '2: leads'])
    expect(world.heard.at(-1)).toEqual(['leads', undefined])
    expect((await world.shown(sessionId))[0]?.siblings).toHaveLength(2)
    const all = await world.chat.sessions.messages(world.actor, sessionId, { limit: 50, branch: 'all' })
    expect(all).toMatchObject({ total: 4 })
    expect(all.items.map(({ text }) => text)).toEqual(['contacts', '1: contacts', 'leads', '2: leads'])
  })

  it('is refused after a message that there is not, or after a question', async () => {
    const world = await createTeller()
    const { sessionId } = await world.ask('contacts')
    const other = await world.ask('elsewhere')
    const [question] = await world.shown(sessionId)
    await expect(world.ask('x', { sessionId, parentId: newId() })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(world.ask('x', { sessionId, parentId: other.messageId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(world.ask('x', { sessionId, parentId: question?.id })).rejects.toMatchObject({ code: 'VALIDATION' })
    await expect(world.chat.sessions.change(world.actor, sessionId, { leafId: other.messageId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await world.texts(sessionId)).toEqual(['contacts', '1: contacts'])
  })
})

describe('an answer that is made once more', () => {
  it('stands beside the first, with the same question and what was known before it', async () => {
    const world = await createTeller()
    const { sessionId } = await world.ask('contacts')
    const second = await world.ask('in London', { sessionId })
    await world.ask('by owner', { sessionId })
    const again = await world.chat.ask(world.actor, { sessionId, regenerate: second.messageId }, request)
    expect(again.text).toBe('4: in London')
    expect(world.heard.at(-1)).toEqual(['in London', 'contacts'])
    expect(await world.texts(sessionId)).toEqual(['contacts', '1: contacts', 'in London', '4: in London'])
    expect((await world.shown(sessionId)).at(-1)?.siblings).toEqual([second.messageId, again.messageId])
    const [, , question] = await world.shown(sessionId)
    expect((await world.chat.ask(world.actor, { sessionId, regenerate: question?.id }, request)).text).toBe('5: in London')
    expect((await world.chat.ask(world.actor, { sessionId, regenerate: 'last' }, request)).text).toBe('6: in London')
    expect((await world.shown(sessionId)).at(-1)?.siblings).toHaveLength(4)
    await expect(world.chat.ask(world.actor, { sessionId, regenerate: newId() }, request)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const foreign = await world.member('rep')
    await expect(world.chat.ask(foreign, { sessionId, regenerate: second.messageId }, request)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('branches in files', () => {
  it('are exported as they are shown, or all of them, and come back from the transcript', async () => {
    const world = await createTeller()
    const first = await world.ask('contacts')
    const { sessionId } = first
    const london = await world.ask('in London', { sessionId })
    await world.ask('in Paris', { sessionId, parentId: first.messageId })
    await world.chat.sessions.change(world.actor, sessionId, { leafId: london.messageId })
    const before = await world.shown(sessionId)
    const lines = async (branch?: 'all') =>
      (await Array.fromAsync(await world.chat.sessions.export(world.actor, sessionId, 'jsonl', branch)))
        .join('')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).content)
    expect(await lines()).toEqual(['contacts', 'contacts', '1: contacts', 'in London', '2: in London'])
    expect(await lines('all')).toEqual(['contacts', 'contacts', '1: contacts', 'in London', '2: in London', 'in Paris', '3: in Paris', 'contacts'])
    expect((await Array.fromAsync(await world.chat.sessions.export(world.actor, sessionId, 'md'))).join('')).not.toContain('Paris')

    const path = join(world.folder, `${sessionId}.jsonl`)
    const transcript = await readFile(path, 'utf8')
    await world.chat.sessions.delete(world.actor, sessionId)
    await writeFile(path, transcript)
    expect(await restoreSession(world.database, world.actor, path)).toEqual({ sessionId, restored: 6 })
    expect(await world.shown(sessionId)).toEqual(before)
    await world.ask('by owner', { sessionId })
    expect(world.heard.at(-1)).toEqual(['by owner', 'in London'])
    expect(await world.restart().repairTranscripts([world.workspaceId])).toBe(0)
  })

  it('of an older transcript, whose lines name no place, are one', async () => {
    const world = await createTeller()
    const { sessionId } = await world.ask('contacts')
    await world.ask('in London', { sessionId })
    const path = join(world.folder, `${sessionId}.jsonl`)
    const old = (await readFile(path, 'utf8')).replaceAll(/"parentId":(null|"[^"]*"),?/g, '').replaceAll(/,}/g, '}')
    await world.chat.sessions.delete(world.actor, sessionId)
    await writeFile(path, old)
    await restoreSession(world.database, world.actor, path)
    expect(await world.texts(sessionId)).toEqual(['contacts', '1: contacts', 'in London', '2: in London'])
  })
})
