import { beforeAll, describe, expect, it } from 'vitest'
import { createClock } from '#backend/kernel/clock.ts'
import { createRecordsService } from '#backend/modules/crm/index.ts'
import type { DataProposals } from '#contracts/chat.ts'
import { type FakeModel, type ModelScript, startFakeModel } from '../fakes/model/server.ts'
import { type AgentsWorld, createAgentsWorld } from './agents-world.ts'

let world: AgentsWorld
let server: FakeModel
let contactId: string

beforeAll(async () => {
  server = await startFakeModel({ script: [{ text: 'Nothing yet.' }] })
  world = await createAgentsWorld({ OPENAI_BASE_URL: server.url, LLM_CHUNK_TIMEOUT: '700', LLM_TIMEOUT: '3000' })
  const records = createRecordsService({ operations: world.operations, clock: createClock('2026-11-20T15:00:00.000Z') })
  contactId = (await records.createRecord(world.actor, 'contacts', { first_name: 'Casey', last_name: 'White', email: 'casey@acme.example' })).id
  return () => server.close()
})

const ask = async (script: ModelScript, message: string, options: Parameters<AgentsWorld['ask']>[1] = {}) => {
  server.play(script)
  const before = server.requests.length
  const answer = await world.ask(message, options)
  return { ...answer, requests: server.requests.slice(before) }
}
const proposalsOf = (parts: readonly { type: string; data?: unknown }[]) =>
  parts.filter(({ type }) => type === 'data-proposals').map(({ data }) => data as DataProposals)

describe('who answers', () => {
  it('is the planner where it is sure, without a call of the model', async () => {
    const answer = await ask([{ text: 'I was asked.' }], 'how many contacts do we have?')
    expect(answer).toMatchObject({ answeredBy: 'planner', usage: { inputTokens: 0, outputTokens: 0, costUsd: '0' } })
    expect(answer.text).toContain('1')
    expect(answer.requests).toEqual([])
  })

  it('is the model where the planner declines, with what the planner made of it', async () => {
    const answer = await ask([{ text: 'Hello **there**.', pieceSize: 3, pieceMs: 60 }], 'please be so kind and greet everybody')
    expect(answer).toMatchObject({ answeredBy: 'model', text: 'Hello **there**.', agent: { id: 'crm' } })
    expect(answer.pieces.length).toBeGreaterThan(2)
    expect(answer.pieces.join('')).toBe(answer.text)
    expect(answer.usage.inputTokens).toBeGreaterThan(100)
    const [request] = answer.requests
    expect(request?.body.messages.map(({ role }) => role)).toEqual(['system', 'user'])
    const context = JSON.stringify(request?.body.messages[1])
    for (const said of ['Friday, 20 November 2026', 'Olivia Owner', 'planner', 'greet everybody']) expect(context).toContain(said)
    expect(request?.body.tools?.length).toBeLessThan(12)
  })

  it('is a general agent at once when it was asked for', async () => {
    const answer = await ask([{ text: 'Sense everything.' }], '/creative a slogan for our sensor')
    expect(answer).toMatchObject({ answeredBy: 'model', agent: { id: 'creative' }, routing: 'You asked the Creative agent.', text: 'Sense everything.' })
  })

  it('begins every prompt of an agent with the same words', async () => {
    const first = await ask([{ text: 'One.' }], '/creative one')
    const second = await ask([{ text: 'Two.' }], '/creative two')
    const prefix = (asked: typeof first) => JSON.stringify([asked.requests[0]?.body.messages[0], asked.requests[0]?.body.tools])
    expect(prefix(first)).toBe(prefix(second))
  })
})

describe('tools', () => {
  it('are called as the person, and what they found stands in the answer', async () => {
    const answer = await ask(
      [{ toolCalls: [{ name: 'records_search', input: { q: 'Casey' } }] }, { text: 'That is Casey White.' }],
      '/crm please tell me whether the mood of Casey is fine',
    )
    expect(answer.citations).toEqual([{ entity: 'contact', id: contactId, label: 'Casey White', url: `/crm/contacts/${contactId}` }])
    expect(answer.activities.map(({ tool, state }) => [tool, state])).toEqual([
      ['records.search', 'start'],
      ['records.search', 'end'],
    ])
    const result = answer.requests[1]?.body.messages.at(-1)
    expect(result?.role).toBe('tool')
    expect(result?.content).toMatch(/^\[data [\w-]{12} records\.search\]\n.*Casey White.*\n\[end [\w-]{12}\]$/s)
  })

  it('give tables, plans and coverage to the answer', async () => {
    const answer = await ask(
      [{ toolCalls: [{ name: 'records_query', input: { entity: 'contacts', measures: [{ fn: 'count' }] } }] }, { text: 'There is one.' }],
      'please be so kind and reckon people',
    )
    expect(answer.parts.map(({ type }) => type)).toEqual(['text', 'data-table', 'data-plan'])
    expect(answer.coverage).toMatchObject({ matched: 1, shown: 1 })
  })

  it('tell the model what was wrong with a call, whatever it sent', async () => {
    const answer = await ask(
      [
        { toolCalls: [{ name: 'records_get', input: '{"entity": "contacts", "id": ' }] },
        { toolCalls: [{ name: 'records_get', input: { entity: 'ships', id: 'x' } }] },
        { toolCalls: [{ name: 'nothing_like_it', input: {} }] },
        { toolCalls: [{ name: 'records_query', input: { entity: 'contacts', filter: { field: 'shoe', op: 'eq', value: 1 } } }] },
        { text: 'I could not find it.' },
      ],
      'please be so kind and look at nothing',
    )
    expect(answer).toMatchObject({ text: 'I could not find it.', answeredBy: 'model' })
    expect(answer.broken).toBeUndefined()
    const told = answer.requests.flatMap(({ body }) => body.messages.filter(({ role }) => role === 'tool')).map(({ content }) => String(content))
    expect(told.join()).toContain('VALIDATION')
    expect(told.join()).toContain('There is no entity')
    expect(told.join()).toContain('shoe')
  })

  it('that change something make proposals, and change nothing', async () => {
    const values = { title: 'Call Casey' }
    const answer = await ask(
      [
        { toolCalls: [{ name: 'records_create', input: { entity: 'tasks', values } }] },
        { toolCalls: [{ name: 'records_create', input: { entity: 'notes', values: { body: 'Called.' } } }] },
        { text: 'Two things wait for you.' },
      ],
      '/crm please be so kind and remind me in some way',
      { messageId: 'message-1' },
    )
    const batches = proposalsOf(answer.parts)
    expect(batches).toHaveLength(1)
    const proposals = batches.flatMap((batch) => batch.proposals)
    expect(new Set(proposals.map(({ batchId }) => batchId)).size).toBe(1)
    expect(proposals.map(({ tool, status, untrusted, requestedBy }) => [tool, status, untrusted, requestedBy.agent])).toEqual([
      ['records.create', 'pending', false, 'crm'],
      ['records.create', 'pending', false, 'crm'],
    ])
    expect(await world.gold('select 1 from tasks where workspace_id = $1')).toEqual([])
  })

  it('hand the question over, and the other agent goes on with its own tools', async () => {
    const answer = await ask(
      [{ toolCalls: [{ name: 'handoff', input: { agent: 'sales', reason: 'It is about deals.' } }] }, { text: 'The pipeline is empty.' }],
      'please be so kind and judge us',
    )
    expect(answer).toMatchObject({ agent: { id: 'sales' }, text: 'The pipeline is empty.' })
    expect(answer.routing).toContain('It was handed to the Sales agent: It is about deals.')
    expect(answer.requests[1]?.body.tools?.map(({ function: { name } }) => name)).toContain('pipeline_report')
  })
})

describe('what goes wrong', () => {
  const message = 'please be so kind and be brave'
  it.each([
    ['429', [{ status: 429, headers: { 'retry-after': '1' } }], /language model/],
    ['500', [{ status: 500 }], /language model/],
    ['a slow first token', [{ text: 'Late.', firstPieceMs: 2500 }], /language model/],
    ['no answer', [{ text: '' }], /gave no answer/],
  ])('%s: a plain sentence, and what the planner has to say', async (_name, script, sentence) => {
    const answer = await ask(script as ModelScript, message)
    expect(answer.broken?.sentence).toMatch(sentence)
    expect(answer.text.startsWith(answer.broken?.sentence ?? '-')).toBe(true)
    // The planner declines it, and says what can be asked.
    expect(answer.text.length).toBeGreaterThan((answer.broken?.sentence.length ?? 0) + 10)
    expect(answer.answeredBy).toBe('planner')
  })

  it('a cut stream: what was said is kept', async () => {
    const answer = await ask([{ text: 'One two three four five six seven.', pieceSize: 5, cutAfter: 4 }], message)
    expect(answer.text).toMatch(/^One two three/)
    expect(answer.text.startsWith(answer.pieces.join(''))).toBe(true)
    expect(answer.text).toContain(answer.broken?.sentence ?? '-')
    expect(answer.answeredBy).toBe('model')
  })

  it('wrong JSON in the stream', async () => {
    const answer = await ask([{ text: 'Well', raw: '{"choices": [' }], message)
    expect(answer.broken).toBeDefined()
    expect(answer.text).toMatch(/^Well/)
  })

  it('an endless loop of tools is stopped', async () => {
    const answer = await ask([{ toolCalls: [{ name: 'schema_describe', input: {} }] }], message)
    expect(answer.broken?.sentence).toMatch(/without coming to an answer/)
    expect(answer.requests.length).toBeLessThanOrEqual(8)
    expect(answer.requests.at(-1)?.body).toMatchObject({ tool_choice: 'none' })
  })

  it('a reader who stops: the call is ended and nothing more is said', async () => {
    const leaving = new AbortController()
    const asking = ask([{ text: 'One two three four five six seven eight nine ten.', pieceSize: 4, pieceMs: 40 }], message, {
      signal: leaving.signal,
      onSay: () => leaving.abort(new Error('left')),
    })
    await expect(asking).rejects.toThrow('left')
    await expect.poll(() => server.requests.at(-1)?.aborted).toBe(true)
  })
})

describe('the conversation before', () => {
  it('is told, bounded, and what showed records makes the turn untrusted', async () => {
    const history = [
      { role: 'user' as const, text: 'who is Casey?' },
      {
        role: 'assistant' as const,
        text: 'A contact of yours.',
        parts: [],
        citations: [{ entity: 'contact', id: contactId, label: 'Casey White', url: '' }],
        answeredBy: 'planner' as const,
      },
    ]
    const script = [{ toolCalls: [{ name: 'records_create', input: { entity: 'tasks', values: { title: 'Call' } } }] }, { text: 'It waits.' }]
    const answer = await ask(script, '/crm please be so kind and arrange a thing', { history })
    expect(answer.requests[0]?.body.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user'])
    expect(proposalsOf(answer.parts)[0]?.proposals[0]?.untrusted).toBe(true)
    expect(world.events.some(({ type }) => type === 'threat')).toBe(true)
  })
})
