import { describe, expect, it } from 'vitest'
import { createReadingWorld, north, told } from '../../../../test/memory-reading.ts'
import type { Person } from '../memory.testing.ts'
import { createPersonMemories } from '../person-memories.ts'

describe('what is taken back in between', () => {
  const ways: [string, (world: Awaited<ReturnType<typeof createReadingWorld>>, actor: Person, sessionId: string) => Promise<unknown>][] = [
    [
      'the conversation',
      ({ gold, workspaceId }, _, sessionId) => gold('delete from chat_sessions where workspace_id = $1 and id = $2', [workspaceId, sessionId]),
    ],
    ['the person', ({ gold, workspaceId }, { userId }) => gold('delete from users where workspace_id = $1 and id = $2', [workspaceId, userId])],
    [
      'what is known of the person, by erasure',
      ({ database, actor }, { userId }) => database.transaction(actor, (tx) => createPersonMemories().erase(tx, [`${userId}@example.com`])),
    ],
    ['the access', ({ gold, workspaceId }, { userId }) => gold('update users set active = false where workspace_id = $1 and id = $2', [workspaceId, userId])],
    ['memory', ({ memory }, person) => memory.changeSettings(person, false)],
    [
      'the memory of the conversation',
      ({ gold, workspaceId }, _, id) => gold('update chat_sessions set memory = false where workspace_id = $1 and id = $2', [workspaceId, id]),
    ],
    ['everything that is known', ({ memory }, person) => memory.deleteAll(person)],
  ]

  it.each(ways)('%s: nothing is kept, and what it cost is booked', async (_, takeBack) => {
    const world = await createReadingWorld()
    const rep = await world.member('rep')
    const { sessionId } = await world.sent(rep)
    await takeBack(world, rep, sessionId)
    await world.answered(() => told('the north team'))
    expect(await world.gold('select text from memories where workspace_id = $1')).toEqual([])
    expect([await world.rows('memory_readings'), await world.rows('memory_batches'), world.provider.files.size]).toEqual([[], [], 0])
    expect(world.booked).toMatchObject([{ caller: { actor: { userId: rep.userId }, sessionId }, costUsd: '0.00035' }])
  })

  it.each(ways)('%s before it was sent: nothing leaves', async (_, takeBack) => {
    const world = await createReadingWorld()
    const rep = await world.member('rep')
    const sessionId = await world.begin(rep)
    await world.write(rep, sessionId, north)
    await takeBack(world, rep, sessionId)
    await world.later()
    await world.read()
    expect([world.provider.calls, await world.rows('memory_readings')]).toEqual([[], []])
  })

  it.each(ways)('%s while a single call is under way: nothing is kept', async (_, takeBack) => {
    const world = await createReadingWorld()
    const rep = await world.member('rep')
    const sessionId = await world.begin(rep)
    await world.write(rep, sessionId, north)
    const { memory } = world.build({
      mode: 'calls',
      async ask() {
        await takeBack(world, rep, sessionId)
        return told('the north team').text
      },
    })
    await world.later()
    await world.read(memory)
    expect(await world.gold('select text from memories where workspace_id = $1')).toEqual([])
    expect(await world.rows('memory_readings')).toEqual([])
  })

  it('by something newer: what was said first is not learned after it', async () => {
    const { actor, memory, sent, answered, texts, gold, workspaceId } = await createReadingWorld()
    await sent(actor)
    await gold(`update chat_messages set created_at = '2026-11-20T14:00:00Z' where workspace_id = $1`, [workspaceId])
    await gold(
      `insert into memories (workspace_id, id, actor_id, kind, subject, key, value, text, confidence, created_at, updated_at)
       values ($1, gen_random_uuid(), $2, 'fact', 'me', 'team', 'the south team', 'I lead the south team', 0.9, '2026-11-20T15:00:00Z', '2026-11-20T15:00:00Z')`,
      [workspaceId, actor.userId],
    )
    await answered(() => told('the north team'))
    expect(await texts(actor)).toEqual(['I lead the south team'])
    expect((await memory.settings(actor)).waiting).toBe(0)
  })
})
