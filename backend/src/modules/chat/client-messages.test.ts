import { describe, expect, it } from 'vitest'
import { AppError, notFound } from '#backend/kernel/errors.ts'
import { newId } from '#backend/kernel/ids.ts'
import type { Proposal } from '#contracts/approvals.ts'
import type { MessagePart } from '#contracts/chat.ts'
import { type Answer, createSite, lastState, type Site, userMessage } from '../../../test/flows/chat-site.ts'
import type { ChatServiceDependencies } from './chat.service.ts'
import { answered } from './chat.testing.ts'
import { toQuestion } from './question.ts'

/** Sends what `useChat` would. */
async function send(
  site: Site,
  messages: Answer[],
  { trigger = 'submit-message', messageId }: { trigger?: 'submit-message' | 'regenerate-message'; messageId?: string } = {},
) {
  const stream = await site.transport('owner').sendMessages({ chatId: 'tab', trigger, messageId, abortSignal: undefined, messages })
  const last = messages.at(-1)
  return (await lastState(stream, last?.role === 'assistant' ? structuredClone(last) : undefined)) as Answer
}

const textsOf = async (site: Site, sessionId: string | undefined) =>
  ((await site.call('owner', 'GET', `/api/sessions/${sessionId}/messages`)).body as { items: { text: string }[] }).items.map(({ text }) => text)

describe('the AI SDK’s client', () => {
  it('asks for another answer, and edits a question, by its own names', async () => {
    let count = 0
    const site = await createSite((message) => {
      count += 1
      return answered(`${count}: ${message}`)
    })
    const [one, two] = [userMessage('one'), { ...userMessage('two'), id: 'client-2' }]
    const first = await send(site, [one])
    const second = await send(site, [one, first, two])
    const sessionId = second.metadata?.sessionId
    expect(second.metadata?.questionId).toEqual(expect.any(String))
    const again = await send(site, [one, first, two], { trigger: 'regenerate-message', messageId: second.id })
    expect(again.metadata?.questionId).toBe(second.metadata?.questionId)
    expect(await textsOf(site, sessionId)).toEqual(['one', '1: one', 'two', '3: two'])
    await send(site, [one, first, two], { trigger: 'regenerate-message' })
    expect(await textsOf(site, sessionId)).toEqual(['one', '1: one', 'two', '4: two'])
    await send(site, [one, first, { ...two, parts: [{ type: 'text', text: 'edited' }] }], { messageId: two.id })
    expect(await textsOf(site, sessionId)).toEqual(['one', '1: one', 'edited', '5: edited'])
    await send(site, [{ ...one, parts: [{ type: 'text', text: 'anew' }] }], { messageId: one.id })
    expect(await textsOf(site, sessionId)).toEqual(['anew', '6: anew'])
    const { items } = (await site.call('owner', 'GET', `/api/sessions/${sessionId}/messages?branch=all`)).body as { items: unknown[] }
    expect(items).toHaveLength(2 + 2 + 1 + 1 + 2 + 2)
  })

  it('names what it edits by its own id, or not at all', () => {
    const answer = { id: newId(), role: 'assistant' }
    const user = { id: 'mine', role: 'user', content: 'x' }
    expect(toQuestion({ id: 'c', messages: [user, answer, user], trigger: 'submit-message', messageId: 'mine' })).toMatchObject({ parentId: answer.id })
    expect(toQuestion({ id: 'c', messages: [user, { ...answer, id: 'odd' }, user], trigger: 'submit-message', messageId: 'mine' })).not.toHaveProperty(
      'parentId',
    )
    expect(toQuestion({ id: 'c', messages: [user], trigger: 'regenerate-message' })).toMatchObject({ regenerate: 'last', parentId: null })
    expect(toQuestion({ id: 'c', messages: [user] })).toEqual({ message: 'x', clientId: 'c' })
  })
})

describe('POST /api/chat', () => {
  it('takes the place of a message, and refuses one that it cannot find', async () => {
    const site = await createSite((message) => answered(`re ${message}`))
    const { sessionId, messageId } = (await site.call('owner', 'POST', '/api/chat', { message: 'one' })).body as { sessionId: string; messageId: string }
    const post = async (body: object) =>
      (await site.call('owner', 'POST', '/api/chat', { sessionId, ...body })) as unknown as { status: number; body: { text: string } }
    expect(await post({ regenerate: messageId })).toMatchObject({ status: 200, body: { text: 're one' } })
    expect(await post({ message: 'two', parentId: messageId })).toMatchObject({ status: 200, body: { text: 're two' } })
    expect(await textsOf(site, sessionId)).toEqual(['one', 're one', 'two', 're two'])
    expect((await post({ message: 'two', parentId: newId() })).status).toBe(404)
    expect((await post({ regenerate: newId() })).status).toBe(404)
    expect((await post({ regenerate: 'x' })).status).toBe(400)
    expect((await site.call('owner', 'POST', '/api/chat', { regenerate: messageId })).status).toBe(400)
    expect((await site.call('other', 'POST', '/api/chat', { regenerate: messageId, sessionId })).status).toBe(404)
    const leaf = (await site.call('owner', 'PATCH', `/api/sessions/${sessionId}`, { leafId: messageId })) as unknown as { status: number }
    expect(leaf.status).toBe(200)
    expect((await site.call('owner', 'PATCH', `/api/sessions/${sessionId}`, { leafId: newId() })).status).toBe(404)
  })
})

function proposalOf(title: string, more: Partial<Proposal> = {}): Proposal {
  return {
    id: newId(),
    batchId: 'batch',
    position: 0,
    tool: 'records.create',
    title,
    input: { entity: 'contacts', values: { first_name: title } },
    status: 'pending',
    risk: 'low',
    requestedBy: { id: 'x', name: 'x', agent: 'crm' },
    source: { kind: 'sentence' },
    untrusted: false,
    entity: 'contacts',
    recordId: null,
    label: null,
    before: null,
    after: null,
    changes: [],
    createdAt: '2026-11-20T15:00:00.000Z',
    expiresAt: '2026-11-27T15:00:00.000Z',
    decidedAt: null,
    decidedBy: null,
    edited: false,
    undoneAt: null,
    undoneBy: null,
    error: null,
    ...more,
  }
}

/** Proposals as the approvals keep them, without a database. */
function keepProposals(...all: Proposal[]): ChatServiceDependencies['proposals'] {
  const known = new Map(all.map((proposal) => [proposal.id, proposal]))
  const get = async (_actor: unknown, id: string) => {
    const proposal = known.get(id)
    if (proposal === undefined) throw notFound('The proposal')
    return proposal
  }
  return {
    propose: async () => ({ batchId: 'batch', proposals: [...known.values()] }),
    get,
    async decide(actor, id, { decision }) {
      const proposal = await get(actor, id)
      if (proposal.status !== 'pending') throw new AppError('CONFLICT', 'It was decided already.')
      if (proposal.title === 'Broken') throw new AppError('VALIDATION', 'The address is not one.')
      const decided: Proposal = { ...proposal, status: decision === 'approve' ? 'approved' : 'rejected' }
      known.set(id, decided)
      return decided
    },
  }
}

const toolParts = (answer: Answer) =>
  answer.parts.flatMap((part) =>
    part.type === 'dynamic-tool' ? [`${part.title} ${part.state} ${part.state === 'output-error' ? part.errorText : ''}`.trim()] : [],
  )

/** The answer after its reader pressed Approve or Deny on each change that waits. */
function respond(answer: Answer, approves: (title: string | undefined) => boolean): Answer {
  const parts = answer.parts.map((part) =>
    part.type === 'dynamic-tool' && part.state === 'approval-requested'
      ? { ...part, state: 'approval-responded' as const, approval: { id: part.approval.id, approved: approves(part.title) } }
      : part,
  )
  return { ...answer, parts: parts as Answer['parts'] }
}

describe('changes that an answer proposes', () => {
  it('wait for approval in AI SDK clients, are decided by them, and stand in the history', async () => {
    const proposals = keepProposals(proposalOf('Add Ann'), proposalOf('Add Bob'), proposalOf('Broken'), proposalOf('Add Cleo', { status: 'approved' }))
    const site = await createSite(() => answered('I would add them.', { changes: [{ tool: 'records.create', input: {} }] }), { proposals })
    const asked = userMessage('add them')
    const answer = await send(site, [asked])
    expect(toolParts(answer)).toEqual(['Add Ann approval-requested', 'Add Bob approval-requested', 'Broken approval-requested', 'Add Cleo output-available'])
    const responded = respond(answer, (title) => title !== 'Add Bob')
    const decided = await send(site, [asked, responded])
    expect(toolParts(decided)).toEqual([
      'Add Ann output-available',
      'Add Bob output-denied',
      'Broken output-error The address is not one.',
      'Add Cleo output-available',
    ])
    expect(decided.id).toBe(answer.id)
    expect(decided.parts.at(-1)).toMatchObject({ type: 'text', text: 'Done: Add Ann.\nNot done, as you decided: Add Bob.\nThe address is not one.' })
    const twice = await send(site, [asked, responded])
    expect(toolParts(twice)).toEqual(toolParts(decided))
    const { items } = (await site.call('owner', 'GET', `/api/sessions/${answer.metadata?.sessionId}/messages`)).body as { items: { parts: MessagePart[] }[] }
    expect(items).toHaveLength(2)
    const stored = items[1]?.parts.find((part) => part.type === 'data-proposals')
    expect(stored?.data.proposals.map(({ title }) => title)).toEqual(['Add Ann', 'Add Bob', 'Broken', 'Add Cleo'])
    const plain = await site.call('owner', 'POST', '/api/chat', { message: 'add them' })
    expect((plain.body as { parts: MessagePart[] }).parts.map(({ type }) => type)).toEqual(['text', 'data-proposals'])
  })

  it('are asked about one by one only when they are few', async () => {
    const many = Array.from({ length: 30 }, (_, place) => proposalOf(`Add ${place}`))
    const site = await createSite(() => answered('I would.', { changes: [{ tool: 'records.create', input: {} }] }), { proposals: keepProposals(...many) })
    const answer = await send(site, [userMessage('add thirty')])
    expect(toolParts(answer)).toHaveLength(20)
  })
})
