import { describe, expect, it, vi } from 'vitest'
import { sql } from '#backend/infra/database/database.ts'
import type { ModelBatches } from '#backend/infra/models/model-batches.ts'
import type { ModelCaller } from '#backend/infra/models/model-call.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { createReadingWorld, north, told } from '../../../../test/memory-reading.ts'

describe('messages that no rule understands', () => {
  it('wait for the hour, are asked once in a batch, and what was found is learned with its source, for half the price', async () => {
    const { actor, memory, begin, write, later, read, answered, waiting, provider, booked, rows } = await createReadingWorld()
    const sessionId = await begin(actor)
    const messageId = await write(actor, sessionId, `${north} I look after Acme. Show me open deals.`)
    await write(actor, sessionId, 'How many deals are open?')
    expect(await waiting(actor)).toBe(1)
    await read()
    expect(provider.calls).toEqual([])
    await later()
    await read()
    await read()
    expect(provider.batches).toHaveLength(1)
    const [batch] = provider.batches
    expect(batch && provider.linesOf(batch).map(({ body }) => body.messages[1]?.content)).toEqual([JSON.stringify({ sentences: [north] })])
    await later()
    await read()
    expect(await waiting(actor)).toBe(1)
    await answered(() => told('the north team'))
    const { items } = await memory.list(actor, { limit: 5 })
    expect(items.find(({ key: of }) => of === 'team')).toMatchObject({
      text: 'Since May I have been leading the north team',
      confidence: 0.6,
      scope: 'person',
      source: { sessionId, messageId },
    })
    expect(booked).toMatchObject([
      {
        caller: { actor: { userId: actor.userId }, sessionId, messageId, purpose: 'extract', background: true },
        agent: 'memory',
        tokens: { input: 200, output: 20 },
        costUsd: '0.00035',
        outcome: 'done',
      },
    ])
    expect([await waiting(actor), provider.files.size, await rows('memory_batches')]).toEqual([0, 0, []])
    expect(provider.batches).toHaveLength(1)
  })

  it('are asked about by one of several processes', async () => {
    const { actor, member, begin, write, later, read, build, provider } = await createReadingWorld()
    const rep = await member('rep')
    for (const person of [actor, rep]) await write(person, await begin(person), north)
    await later()
    await Promise.all([...Array(4)].map(() => read(build().memory)))
    expect(provider.batches.flatMap((batch) => provider.linesOf(batch))).toHaveLength(2)
    expect(provider.batches.length).toBeLessThanOrEqual(2)
  })

  it('are their person’s: nobody else counts or sees them', async () => {
    const { actor, member, begin, write, waiting, database } = await createReadingWorld()
    const [ann, bob] = [await member('rep'), await member('rep')]
    await write(ann, await begin(ann), north)
    expect([await waiting(ann), await waiting(bob), await waiting(actor)]).toEqual([1, 0, 0])
    const seen = await database.transaction(bob, (tx) => tx.query(sql`select 1 from memory_readings union all select 1 from memory_readings`))
    expect(seen).toEqual([])
    await expect(database.transaction(bob, (tx) => tx.query(sql`select 1 from memory_batches`))).rejects.toThrow()
  })

  it('are so many a person, and are given up after a week or many tries', async () => {
    const { actor, begin, write, later, read, gold, workspaceId, waiting, provider } = await createReadingWorld()
    const sessionId = await begin(actor)
    await gold(
      `with m as (insert into chat_messages (workspace_id, id, session_id, role, status, text, created_at)
         select $1, gen_random_uuid(), $2, 'user', 'done', $4, now() from generate_series(1, 199) returning id)
       insert into memory_readings (workspace_id, message_id, user_id, created_at, tries)
         select $1, id, $3, now() - case when row_number() over () % 2 = 0 then interval '8 days' else interval '0' end, case when row_number() over () % 2 = 0 then 0 else 8 end from m`,
      [workspaceId, sessionId, actor.userId, north],
    )
    await write(actor, sessionId, north)
    expect(await waiting(actor)).toBe(200)
    await write(actor, sessionId, north)
    expect(await waiting(actor)).toBe(200)
    await later()
    await read()
    expect(await waiting(actor)).toBe(1)
    expect(provider.batches.flatMap((batch) => provider.linesOf(batch))).toHaveLength(1)
  })

  it('stay here with an e-mail address or a telephone number, where people are masked', async () => {
    const { actor, begin, write, later, read, waiting, provider } = await createReadingWorld({ masks: true })
    const sessionId = await begin(actor)
    await write(actor, sessionId, 'Our new buyer is ann@example.com')
    await write(actor, sessionId, 'Our new buyer is +49 30 1234567')
    await write(actor, sessionId, north)
    await later()
    await read()
    expect(provider.batches.flatMap((batch) => provider.linesOf(batch))).toHaveLength(1)
    expect(await waiting(actor)).toBe(1)
  })
})

describe('a process that ends', () => {
  it('after a batch was made and before that was noted has it found again: there is one', async () => {
    const { actor, begin, write, later, read, build, batches, answered, provider, texts } = await createReadingWorld()
    let madeIt = () => {}
    const made = new Promise<void>((done) => {
      madeIt = done
    })
    const killed: ModelBatches = {
      ...batches,
      async create(...asked) {
        await batches.create(...asked)
        madeIt()
        return await new Promise<string>(() => undefined)
      },
    }
    await write(actor, await begin(actor), north)
    await later()
    const { memory: dying } = build({ batches: killed })
    // It hangs as it would be gone; its test ends without it.
    dying.close = async () => undefined
    void read(dying)
    await made
    await read()
    expect(provider.batches).toHaveLength(1)
    await later()
    await read()
    await answered(() => told('the north team'))
    expect(provider.batches).toHaveLength(1)
    expect(provider.calls.filter((call) => call === 'POST /v1/batches')).toHaveLength(1)
    expect(await texts(actor)).toEqual(['Since May I have been leading the north team'])
    expect(provider.files.size).toBe(0)
  })

  it('or a connection that breaks as it is made, makes no second one', async () => {
    const { actor, later, read, sent, answered, provider, texts, memory } = await createReadingWorld()
    provider.faults.push({ on: /POST .*batches/, cut: true })
    await sent(actor)
    expect(memory.isReadingFailing()).toBe(true)
    await later()
    await read()
    expect(memory.isReadingFailing()).toBe(false)
    await answered(() => told('the north team'))
    expect([provider.batches.length, await texts(actor)]).toEqual([1, ['Since May I have been leading the north team']])
  })

  it('while it reads the answers books and learns each once', async () => {
    const { actor, sent, later, read, answered, provider, booked, texts } = await createReadingWorld()
    await sent(actor)
    provider.faults.push({ on: /DELETE/, status: 500 })
    await answered(() => told('the north team'))
    expect(await texts(actor)).toHaveLength(1)
    await later()
    await read()
    // The same line, which the books keep once.
    expect(new Set(booked.map(({ id }) => id)).size).toBe(1)
    expect([(await texts(actor)).length, provider.files.size, provider.batches.length]).toEqual([1, 0, 1])
  })
})

describe('a provider that fails', () => {
  it.each([429, 500, 401])('with %i is asked again later', async (status) => {
    const { actor, later, read, sent, answered, waiting, provider, texts } = await createReadingWorld()
    provider.faults.push({ on: /POST .*files/, status }, { on: /POST .*batches/, status })
    await sent(actor)
    for (let tries = 0; tries < 2; tries++) {
      expect([await waiting(actor), provider.batches.length]).toEqual([1, 0])
      await read()
      await later()
      await read()
    }
    expect(provider.files.size).toBe(1)
    await answered(() => told('the north team'))
    expect([await waiting(actor), (await texts(actor)).length, provider.files.size]).toEqual([0, 1, 0])
  })

  it.each(['failed', 'expired'] as const)('with a batch that is %s has its messages wait, and asks again in another', async (status) => {
    const { actor, later, read, sent, answered, waiting, provider, texts, booked, rows } = await createReadingWorld()
    await sent(actor)
    await answered(() => undefined, status)
    expect(await waiting(actor)).toBe(1)
    expect(await rows('memory_readings')).toMatchObject([{ tries: 1, batch_id: null }])
    expect([provider.files.size, booked]).toEqual([0, []])
    await later()
    await read()
    await answered(() => told('the north team'))
    expect([await waiting(actor), (await texts(actor)).length, provider.batches.length]).toEqual([0, 1, 2])
  })

  it('line by line keeps what came, and asks again for the rest alone', async () => {
    const { actor, begin, write, later, read, answered, waiting, provider, texts, booked } = await createReadingWorld()
    const sessionId = await begin(actor)
    for (const team of ['north', 'south', 'west', 'east']) await write(actor, sessionId, `Since May I have been leading the ${team} team.`)
    await later()
    await read()
    await answered((_, index) => [told('the north team'), { status: 500 }, { raw: '{"custom_id":' }, { text: 'The person leads the east team.' }][index])
    expect(await texts(actor)).toEqual(['Since May I have been leading the north team'])
    expect(await waiting(actor)).toBe(2)
    expect(booked.map(({ outcome }) => outcome)).toEqual(['done', 'failed', 'done'])
    await later()
    await read()
    expect(provider.batches[0] && provider.linesOf(provider.batches[0])).toHaveLength(2)
  })

  it('by inventing something teaches nothing', async () => {
    const { actor, sent, answered, waiting, texts, booked } = await createReadingWorld()
    await sent(actor)
    await answered(() => told('the south team', { text: 'I lead everybody' }))
    expect([await waiting(actor), await texts(actor), booked.length]).toEqual([0, [], 1])
  })
})

describe('single calls', () => {
  it('are made once however many processes there are, and go on with what was sent in a batch before', async () => {
    const { actor, begin, write, later, read, sent, build, provider, texts } = await createReadingWorld()
    await sent(actor)
    await write(actor, await begin(actor), 'I joined the south team in May.')
    let asked = 0
    const processes = [1, 2, 3].map(
      () => build({ mode: 'calls', ask: async () => told(`the ${++asked === 1 ? 'south' : 'west'} team`, { key: 'Other team' }).text }).memory,
    )
    provider.work(() => told('the north team'))
    await later()
    await Promise.all(processes.map(read))
    expect(asked).toBe(1)
    expect((await texts(actor)).sort()).toEqual(['I joined the south team in May', 'Since May I have been leading the north team'])
  })

  it('that are cut short by a stop are no tries, and those that fail wait longer', async () => {
    const { actor, begin, write, later, read, build, rows } = await createReadingWorld()
    await write(actor, await begin(actor), north)
    await later()
    const { memory } = build({
      mode: 'calls',
      ask: (_caller, _messages, signal) => new Promise((_, fail) => signal.addEventListener('abort', () => fail(signal.reason))),
    })
    const reading = read(memory)
    await vi.waitFor(async () => expect((await rows('memory_readings'))[0]?.next_at).toSatisfy((at: Date) => at.getTime() > Date.now()))
    await memory.close()
    await reading
    expect(await rows('memory_readings')).toMatchObject([{ tries: 0, next_at: expect.toSatisfy((at: Date) => at.getTime() <= Date.now() + 1000) }])
    const failing = build({ mode: 'calls', ask: () => Promise.reject(new AppError('UNAVAILABLE', 'Gone.')) }).memory
    for (let tries = 1; tries <= 8; tries++) {
      await later()
      await read(failing)
      expect(await rows('memory_readings')).toMatchObject([{ tries }])
    }
    expect(failing.isReadingFailing()).toBe(true)
    await later()
    await read(failing)
    expect(await rows('memory_readings')).toEqual([])
  })
})

it('what no budget allows waits, and others go on', async () => {
  const poor = new Set<string>()
  const reserve = ({ actor }: ModelCaller) => {
    if (actor.type === 'user' && poor.has(actor.userId))
      throw new AppError('RATE_LIMITED', 'Used up.', { retryAfterSeconds: 3600, details: [{ field: 'budget', message: 'person' }] })
  }
  const { actor, member, begin, write, later, read, waiting, provider, rows } = await createReadingWorld({ reserve })
  const rep = await member('rep')
  poor.add(rep.userId)
  for (const person of [rep, actor, rep]) await write(person, await begin(person), north)
  await later()
  await read()
  await read()
  expect(provider.batches.flatMap((batch) => provider.linesOf(batch))).toHaveLength(1)
  expect(await waiting(rep)).toBe(2)
  expect((await rows('memory_readings')).filter(({ batch_id }) => batch_id === null)).toMatchObject([{ tries: 0 }, { tries: 0 }])
  poor.clear()
  await later()
  await read()
  expect(provider.batches.flatMap((batch) => provider.linesOf(batch))).toHaveLength(3)
})
