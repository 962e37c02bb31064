import { describe, expect, it } from 'vitest'
import { createMemoryWorld, type Person } from './memory.testing.ts'

describe('learning', () => {
  it('keeps what a person says of themselves, with where they said it, and asks nobody', async () => {
    const { actor, memory, begin, learn } = await createMemoryWorld()
    const sessionId = await begin(actor)
    await learn(actor, sessionId, 'I look after Acme. Which deals are open?')
    const { items, total } = await memory.list(actor, { limit: 10 })
    expect(total).toBe(1)
    expect(items).toMatchObject([
      {
        scope: 'person',
        kind: 'fact',
        subject: 'Acme',
        key: 'looks after: acme',
        text: 'I look after Acme',
        sources: 1,
        confidence: 0.9,
        source: { sessionId, excerpt: 'I look after Acme', at: '2026-11-20T15:00:00.000Z' },
        lastUsedAt: null,
        supersededAt: null,
      },
    ])
  })

  it('lets the newer of two that contradict each other hold, and keeps the older as history', async () => {
    const { actor, memory, begin, learn, texts } = await createMemoryWorld()
    const sessionId = await begin(actor)
    await learn(actor, sessionId, "I'm based in Berlin")
    await learn(actor, sessionId, "I'm based in Munich.")
    await learn(actor, sessionId, 'i live in MUNICH')
    expect(await texts(actor)).toEqual(["I'm based in Munich"])
    const { items } = await memory.list(actor, { limit: 10, history: true })
    const [now, before] = [items.find(({ value }) => value === 'Munich'), items.find(({ value }) => value === 'Berlin')]
    expect(items).toHaveLength(2)
    expect(before).toMatchObject({ supersededBy: now?.id, supersededAt: '2026-11-20T15:00:00.000Z' })
  })

  it('has one value for a key however many say it at once', async () => {
    const { actor, memory, begin, gold, workspaceId } = await createMemoryWorld()
    const sessionId = await begin(actor)
    const cities = ['Berlin', 'Paris', 'Rome', 'Madrid', 'Vienna', 'Prague']
    for (const city of cities) memory.remember(actor, { sessionId, messageId: sessionId, text: `I'm based in ${city}` })
    await memory.settled()
    expect((await memory.list(actor, { limit: 50, history: true })).total).toBe(cities.length)
    expect(await gold('select count(*)::int as n from memories where workspace_id = $1 and superseded_at is null', [workspaceId])).toEqual([{ n: 1 }])
  })

  it('keeps no secret, not even when it is asked to', async () => {
    const { actor, begin, learn, say, texts, gold, workspaceId } = await createMemoryWorld()
    const sessionId = await begin(actor)
    await learn(actor, sessionId, 'My name is Sam and my password is hunter2')
    expect((await say(actor, sessionId, 'Remember that the portal password is hunter2'))?.text).toContain('do not keep passwords')
    expect(await texts(actor)).toEqual([])
    expect(await gold('select 1 from memories where workspace_id = $1', [workspaceId])).toEqual([])
  })
})

describe('commands', () => {
  it('acknowledge only what is stored, and say what it takes the place of', async () => {
    const { actor, begin, say, texts, gold, workspaceId } = await createMemoryWorld()
    const sessionId = await begin(actor)
    expect(await say(actor, sessionId, 'Remember that Acme pays late.')).toMatchObject({ language: 'en', text: 'I will remember: “Acme pays late”.' })
    expect(await gold('select text from memories where workspace_id = $1', [workspaceId])).toEqual([{ text: 'Acme pays late' }])
    await say(actor, sessionId, 'always show amounts in EUR')
    expect((await say(actor, sessionId, 'Zeig Beträge immer in Dollar'))?.text).toBe(
      'Das merke ich mir: „Zeig Beträge immer in Dollar“. Es ersetzt „Always show amounts in EUR“.',
    )
    expect(await texts(actor)).toHaveLength(2)
  })

  it('leave every message about something else alone', async () => {
    const { actor, begin, say } = await createMemoryWorld()
    const sessionId = await begin(actor)
    for (const text of ['open deals', 'forget it', 'I look after Acme. Show its deals', 'show amounts in EUR'])
      expect(await say(actor, sessionId, text), text).toBeUndefined()
  })

  it('tell what is known, and forget what is named', async () => {
    const { actor, begin, say, texts } = await createMemoryWorld()
    const sessionId = await begin(actor)
    expect((await say(actor, sessionId, 'what do you know about me?'))?.text).toContain('nothing about you')
    await say(actor, sessionId, 'Call me Sam')
    await say(actor, sessionId, 'remember that Acme pays late')
    await say(actor, sessionId, 'remember that Acme likes phone calls')
    const told = await say(actor, sessionId, 'Was weißt du über mich?')
    expect(told).toMatchObject({ language: 'de', text: 'Ich habe mir 3 Dinge gemerkt.' })
    expect(told?.parts.find((part) => part.type === 'data-table')).toMatchObject({ data: { total: 3 } })
    expect((await say(actor, sessionId, 'forget my name'))?.text).toBe('Forgotten: “Call me Sam”.')
    const asked = await say(actor, sessionId, 'forget what you know about Acme')
    expect(asked?.parts.at(-1)).toMatchObject({
      type: 'data-clarify',
      data: { options: expect.arrayContaining([{ label: 'Acme pays late', message: 'forget “Acme pays late”' }]) },
    })
    expect(await texts(actor)).toHaveLength(2)
    expect((await say(actor, sessionId, 'forget “Acme pays late”'))?.text).toBe('Forgotten: “Acme pays late”.')
    expect((await say(actor, sessionId, 'forget that Globex pays late'))?.text).toContain('nothing was deleted')
    expect((await say(actor, sessionId, 'forget everything about me'))?.text).toContain('one memory')
    expect(await texts(actor)).toEqual([])
  })

  it('write for everybody only for admins, and everybody reads it', async () => {
    const { actor, member, memory, begin, say, texts } = await createMemoryWorld()
    const rep = await member('rep')
    const [mine, theirs] = [await begin(actor), await begin(rep)]
    expect((await say(rep, theirs, 'remember for everyone that we close at 5'))?.text).toContain('Only owners and admins')
    await say(actor, mine, 'remember for everyone that we close at 5')
    expect(await texts(rep)).toEqual(['We close at 5'])
    const [shared] = (await memory.list(rep, { limit: 5 })).items
    expect(shared).toMatchObject({ scope: 'workspace', source: null })
    await expect(memory.delete(rep, shared?.id ?? '')).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(memory.change(rep, shared?.id ?? '', 'We close at 9')).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect((await memory.deleteAll(rep)).deleted).toBe(0)
    expect(await texts(rep)).toEqual(['We close at 5'])
    await memory.delete(actor, shared?.id ?? '')
    expect(await texts(rep)).toEqual([])
  })
})

describe('what is somebody’s', () => {
  it('is nobody else’s, not even an admin’s', async () => {
    const { actor, member, memory, begin, learn, texts, database } = await createMemoryWorld()
    const rep = await member('rep')
    await learn(rep, await begin(rep), 'Call me Sam')
    const [own] = (await memory.list(rep, { limit: 5 })).items
    expect(await texts(actor)).toEqual([])
    expect(await memory.recall(actor, { text: 'what am I called, Sam?' })).toEqual([])
    for (const other of [actor, await member('rep'), await member('admin')]) {
      await expect(memory.delete(other, own?.id ?? '')).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(memory.change(other, own?.id ?? '', 'Call me Max')).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await memory.deleteAll(other)
    }
    expect(await texts(rep)).toEqual(['Call me Sam'])
    const stranger = await member('rep')
    const { sql } = await import('#backend/infra/database/database.ts')
    const seen = await database.transaction(stranger, async (tx) => [
      ...(await tx.query(sql`select 1 from memories`)),
      ...(await tx.query(sql`select 1 from memory_sources`)),
      ...(await tx.query(sql`delete from memories returning 1`)),
      ...(await tx.query(sql`update memories set text = 'x' returning 1`)),
    ])
    expect(seen).toEqual([])
  })
})

describe('forgetting with a conversation', () => {
  const end = async (world: Awaited<ReturnType<typeof createMemoryWorld>>, actor: Person, sessionId: string) => {
    const { sql } = await import('#backend/infra/database/database.ts')
    await world.database.transaction(actor, (tx) => tx.query(sql`delete from chat_sessions where workspace_id = ${tx.workspaceId} and id = ${sessionId}`))
  }

  it.each(['owner', 'rep'] as const)('takes what was said there alone, for the %s', async (role) => {
    const world = await createMemoryWorld()
    const { member, begin, learn, texts } = world
    const actor = await member(role)
    const [first, second] = [await begin(actor), await begin(actor)]
    await learn(actor, first, 'Call me Sam')
    await learn(actor, first, 'I look after Acme')
    await learn(actor, second, 'I look after Acme')
    await learn(actor, second, 'My quarter starts in April')
    await end(world, actor, first)
    expect((await texts(actor)).sort()).toEqual(['I look after Acme', 'My quarter starts in April'])
    await end(world, actor, second)
    expect(await texts(actor)).toEqual([])
  })

  it('lets what it had replaced hold again', async () => {
    const world = await createMemoryWorld()
    const { actor, begin, learn, texts, memory } = world
    const [first, second, third] = [await begin(actor), await begin(actor), await begin(actor)]
    await learn(actor, first, "I'm based in Berlin")
    await learn(actor, second, "I'm based in Munich")
    await learn(actor, third, "I'm based in Rome")
    await end(world, actor, third)
    expect(await texts(actor)).toEqual(["I'm based in Munich"])
    await end(world, actor, first)
    expect((await memory.list(actor, { limit: 5, history: true })).items).toMatchObject([{ value: 'Munich', supersededBy: null }])
  })

  it('keeps what was written by hand since, and learns nothing from a conversation that is gone', async () => {
    const world = await createMemoryWorld()
    const { actor, begin, learn, texts, memory } = world
    const sessionId = await begin(actor)
    await learn(actor, sessionId, 'Call me Sam')
    const [{ id = '' } = {}] = (await memory.list(actor, { limit: 5 })).items
    expect(await memory.change(actor, id, 'Call me Samuel')).toMatchObject({ value: 'Samuel', key: 'name', confidence: 1 })
    await end(world, actor, sessionId)
    await learn(actor, sessionId, 'I look after Acme')
    expect(await texts(actor)).toEqual(['Call me Samuel'])
  })
})

describe('switched off', () => {
  it('neither reads nor writes, for a person or a conversation', async () => {
    const { actor, memory, begin, learn, say, texts, database } = await createMemoryWorld()
    const sessionId = await begin(actor)
    await learn(actor, sessionId, 'My currency is EUR')
    const silent = await begin(actor, false)
    await learn(actor, silent, 'I look after Acme')
    expect((await say(actor, silent, 'remember that Acme pays late'))?.text).toContain('for this conversation')
    expect(await memory.recall(actor, { text: 'currency', sessionId: silent })).toEqual([])
    expect(await database.transaction(actor, (tx) => memory.applied(tx, silent))).toEqual({})
    expect(await database.transaction(actor, (tx) => memory.applied(tx, sessionId))).toEqual({ currency: 'EUR' })

    expect((await say(actor, sessionId, 'turn memory off'))?.text).toContain('switched off')
    expect(await memory.settings(actor)).toEqual({ enabled: false, available: true, store: 'builtin', pending: 0, waiting: 0 })
    await learn(actor, sessionId, 'I look after Acme')
    expect((await say(actor, sessionId, 'remember that Acme pays late'))?.text).toContain('switched off')
    await expect(memory.create(actor, { text: 'x y', scope: 'person' })).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await memory.recall(actor, { text: 'currency', sessionId })).toEqual([])
    expect(await database.transaction(actor, (tx) => memory.applied(tx, sessionId))).toEqual({})
    expect(await texts(actor)).toEqual(['My currency is EUR'])
    expect((await memory.changeSettings(actor, true)).enabled).toBe(true)
    expect(await memory.recall(actor, { text: 'currency', sessionId })).toHaveLength(1)
  })

  it('is the operator’s to do as well', async () => {
    const { actor, memory, begin, learn, say, texts } = await createMemoryWorld({ enabled: false })
    const sessionId = await begin(actor)
    await learn(actor, sessionId, 'Call me Sam')
    expect(await say(actor, sessionId, 'Call me Sam')).toBeUndefined()
    expect((await say(actor, sessionId, 'merk dir, dass Acme spät zahlt'))?.text).toContain('auf dieser Installation'.slice(4))
    expect(await texts(actor)).toEqual([])
    expect((await memory.settings(actor)).available).toBe(false)
  })
})

describe('recall', () => {
  it('tells preferences and what shares words with the question, and notes the use', async () => {
    const { actor, memory, begin, say } = await createMemoryWorld()
    const sessionId = await begin(actor)
    for (const text of ['always show amounts in EUR', 'remember that Acme pays late', 'remember that Globex likes phone calls'])
      await say(actor, sessionId, text)
    const found = await memory.recall(actor, { text: 'Which invoices of Acme are open?', sessionId })
    expect(found.map(({ text }) => text)).toEqual(['Acme pays late', 'Always show amounts in EUR'])
    expect(await memory.promptLines(actor, { text: 'Acme', sessionId })).toEqual([
      'The person said (2026-11-20): "Acme pays late"',
      'The person said (2026-11-20): "Always show amounts in EUR"',
    ])
    await memory.settled()
    const { items } = await memory.list(actor, { limit: 5 })
    expect(items.filter(({ lastUsedAt }) => lastUsedAt !== null)).toHaveLength(2)
  })

  it('is none when the database fails', async () => {
    const world = await createMemoryWorld()
    const failing = await createMemoryWorld({
      operations: { ...world.operations, run: () => Promise.reject(new Error('gone')) },
    })
    expect(await failing.memory.recall(failing.actor, { text: 'Acme' })).toEqual([])
    expect(failing.logLines().map(({ msg }) => msg)).toContain('Memory could not be read; the answer goes on without it')
  })
})

describe('the list', () => {
  it('is found by words in any case and without accents, pages, and tells how many there are', async () => {
    const { actor, memory, begin, say, texts } = await createMemoryWorld()
    const sessionId = await begin(actor)
    for (const text of ['remember that Café Müller pays late', 'remember that Acme pays late', 'remember that Acme calls']) await say(actor, sessionId, text)
    expect(await texts(actor, 'CAFE muller')).toEqual(['Café Müller pays late'])
    expect(await texts(actor, 'pays acme')).toEqual(['Acme pays late'])
    expect(await texts(actor, '%')).toHaveLength(3)
    const first = await memory.list(actor, { limit: 2 })
    const rest = await memory.list(actor, { limit: 2, cursor: first.nextCursor ?? '' })
    expect([first.total, rest.total, rest.nextCursor]).toEqual([3, 3, null])
    expect(new Set([...first.items, ...rest.items].map(({ id }) => id)).size).toBe(3)
    await expect(memory.list(actor, { limit: 2, cursor: 'nonsense' })).rejects.toMatchObject({ code: 'VALIDATION' })
  })

  it('is deleted whole with proof in the audit trail', async () => {
    const { actor, memory, begin, say, gold, workspaceId } = await createMemoryWorld()
    const sessionId = await begin(actor)
    await say(actor, sessionId, 'remember that Acme pays late')
    await say(actor, sessionId, "I'm based in Berlin")
    await say(actor, sessionId, "I'm based in Rome")
    const erasure = await memory.deleteAll(actor)
    expect(erasure).toMatchObject({ deleted: 3, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(
      await gold(
        'select count(*)::int as n from memories m where workspace_id = $1 union all select count(*)::int from memory_sources where workspace_id = $1',
        [workspaceId],
      ),
    ).toEqual([{ n: 0 }, { n: 0 }])
    const kept = await gold<{ all: string }>(
      "select coalesce(string_agg(p::text, ' '), '') || coalesce((select string_agg(line, ' ') from audit_entries where workspace_id = $1), '') as all from audit_pending p where workspace_id = $1",
      [workspaceId],
    )
    expect(kept[0]?.all).toContain(erasure.sha256)
  })

  it('is not changed where it is history, or where another says the same', async () => {
    const { actor, memory, begin, say } = await createMemoryWorld()
    const sessionId = await begin(actor)
    for (const text of ["I'm based in Berlin", "I'm based in Rome", 'Call me Sam']) await say(actor, sessionId, text)
    const { items } = await memory.list(actor, { limit: 5, history: true })
    const idOf = (value: string) => items.find((item) => item.value === value)?.id ?? ''
    await expect(memory.change(actor, idOf('Berlin'), 'I live in Bonn')).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(memory.change(actor, idOf('Sam'), 'I live in Bonn')).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(memory.change(actor, idOf('Sam'), 'my PIN is 4711')).rejects.toMatchObject({ code: 'VALIDATION' })
    await memory.delete(actor, idOf('Rome'))
    expect((await memory.list(actor, { limit: 5, history: true })).items.map(({ value }) => value)).toEqual(['Sam'])
  })
})
