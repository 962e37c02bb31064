import { expect, it } from 'vitest'
import { createProposals } from '#backend/modules/agents/index.ts'
import { recordChanges } from '#backend/modules/crm/index.ts'
import { type Answer, createSite, lastState, userMessage } from '../../../test/flows/chat-site.ts'
import { answered } from './chat.testing.ts'

it('a change of a record is made when the AI SDK’s client approves it, and once', async () => {
  let contactId = ''
  const site = await createSite(
    () => answered('I would delete Ada Lovelace.', { changes: [{ tool: 'records.delete', input: { entity: 'contacts', id: contactId } }] }),
    { proposals: ({ operations, clock }) => createProposals({ operations, clock, changes: recordChanges(), events: { record: () => undefined } }) },
  )
  const [contact] = await site.gold<{ id: string }>(
    "insert into contacts (workspace_id, id, first_name, last_name, created_at, updated_at) values ($1, gen_random_uuid(), 'Ada', 'Lovelace', now(), now()) returning id",
  )
  contactId = contact?.id ?? ''
  const living = async () => (await site.gold('select id from contacts where workspace_id = $1 and deleted_at is null')).length
  const send = async (messages: Answer[]) => {
    const stream = await site
      .transport('owner')
      .sendMessages({ chatId: 'tab', trigger: 'submit-message', messageId: undefined, abortSignal: undefined, messages })
    const last = messages.at(-1)
    return (await lastState(stream, last?.role === 'assistant' ? structuredClone(last) : undefined)) as Answer
  }
  const toolOf = (answer: Answer) => answer.parts.find((part) => part.type === 'dynamic-tool')

  const asked = userMessage('delete Ada Lovelace')
  const answer = await send([asked])
  const call = toolOf(answer)
  expect(call).toMatchObject({ toolName: 'records.delete', title: expect.stringContaining('Ada Lovelace'), state: 'approval-requested' })
  expect(await living()).toBe(1)
  const respond = (approved: boolean): Answer => {
    const parts = answer.parts.map((part) =>
      part.type === 'dynamic-tool' ? { ...part, state: 'approval-responded', approval: { id: part.toolCallId, approved } } : part,
    )
    return { ...answer, parts: parts as Answer['parts'] }
  }
  expect(toolOf(await send([asked, respond(true)]))).toMatchObject({ state: 'output-available', output: { status: 'approved' } })
  expect(await living()).toBe(0)
  // Sent again, and the other way round, it stays as it was decided.
  expect(toolOf(await send([asked, respond(false)]))).toMatchObject({ state: 'output-available' })
  expect(await site.gold("select status, source ->> 'messageId' as message from proposals where workspace_id = $1")).toEqual([
    { status: 'approved', message: answer.id },
  ])
})
