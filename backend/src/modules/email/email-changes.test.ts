import { beforeAll, describe, expect, it } from 'vitest'
import { createClock } from '#backend/kernel/clock.ts'
import { createRecordsService, type RecordJson } from '#backend/modules/crm/index.ts'
import { type ApprovalsWorkspace, createApprovalsWorkspace } from '../../../test/approvals.ts'
import { createEmailsService } from './index.ts'

let space: ApprovalsWorkspace
let records: ReturnType<typeof createRecordsService>
let emails: ReturnType<typeof createEmailsService>
let inbound: RecordJson
let outbound: RecordJson

beforeAll(async () => {
  space = await createApprovalsWorkspace()
  records = createRecordsService({ operations: space.operations, clock: createClock() })
  emails = createEmailsService({ operations: space.operations })
  await records.createRecord(space.actor, 'contacts', { first_name: 'Ada', email: 'ada@example.com' })
  inbound = await records.createRecord(space.actor, 'emails', {
    from: 'ada@example.com',
    to: 'me@ours.example',
    subject: 'RE: Offer',
    body: 'Please send it.',
    sent_at: '2026-01-02T10:00:00Z',
    direction: 'inbound',
    external_id: '<m1@example.com>',
  })
  outbound = await records.createRecord(space.actor, 'emails', {
    from: 'me@ours.example',
    to: 'bob@example.com; cy@example.com',
    subject: 'Lunch',
    body: 'Noon?',
    sent_at: '2026-01-03T10:00:00Z',
    direction: 'outbound',
  })
})

const propose = async (tool: string, input: Record<string, unknown>) =>
  (await space.proposals.propose(space.actor, { calls: [{ tool, input }], source: { kind: 'api' }, untrusted: false })).proposals[0]
const approve = async (tool: string, input: Record<string, unknown>) =>
  space.proposals.decide(space.actor, (await propose(tool, input))?.id ?? '', { decision: 'approve' })
const outbox = async () => (await emails.listOutbox(space.actor, { limit: 50 })).items

describe('an e-mail that was proposed', () => {
  it('is queued once by its approval and cancelled by undo', async () => {
    const input = { to: ['x@example.org', 'y@example.org'], cc: ['z@example.org'], subject: 'Hello', body: 'Text' }
    const proposal = await propose('emails.send', input)
    expect(proposal).toMatchObject({ title: 'Send "Hello" to x@example.org and 1 more', risk: 'high', after: { to: input.to, cc: input.cc, status: 'queued' } })
    expect(await outbox()).toEqual([])
    await space.proposals.decide(space.actor, proposal?.id ?? '', { decision: 'approve' })
    await space.proposals.decide(space.actor, proposal?.id ?? '', { decision: 'approve' })
    expect(await outbox()).toMatchObject([
      {
        kind: 'send',
        to: input.to,
        cc: input.cc,
        subject: 'Hello',
        text: 'Text',
        status: 'queued',
        proposalId: proposal?.id,
        createdBy: 'Olivia Owner',
        attempts: 0,
      },
    ])
    await space.proposals.undo(space.actor, proposal?.id ?? '')
    expect(await outbox()).toMatchObject([{ status: 'cancelled' }])
  })

  it('goes to the sender when it answers, in thread and under one "Re:"', async () => {
    const { id } = await approve('emails.reply', { emailId: inbound.id, body: 'Here it is.' })
    expect((await outbox())[0]).toMatchObject({
      kind: 'reply',
      emailId: inbound.id,
      inReplyTo: '<m1@example.com>',
      to: ['ada@example.com'],
      subject: 'RE: Offer',
      proposalId: id,
    })
    expect(await emails.getMessage(space.actor, inbound.id)).toMatchObject({ status: 'approved' })
    await space.gold("update email_outbox set status = 'sent' where proposal_id = $1", [id])
    await expect(space.proposals.undo(space.actor, id)).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await emails.getMessage(space.actor, inbound.id)).toMatchObject({ status: 'sent' })
  })

  it("goes to the recipients when it answers one's own", async () => {
    await approve('emails.reply', { emailId: outbound.id, body: 'One more thing.' })
    expect((await outbox())[0]).toMatchObject({ to: ['bob@example.com', 'cy@example.com'], subject: 'Re: Lunch' })
  })

  it('quotes what it forwards', async () => {
    await approve('emails.forward', { emailId: inbound.id, to: ['boss@ours.example'], body: 'See below.' })
    const [mail] = await outbox()
    expect(mail).toMatchObject({ kind: 'forward', subject: 'Fwd: RE: Offer' })
    expect(mail?.text).toMatch(
      /^See below\.\n\n-+ Forwarded message -+\nFrom: ada@example\.com\nDate: 2026-01-02T10:00:00\.000Z\nSubject: RE: Offer\nTo: me@ours\.example\n\nPlease send it\.$/,
    )
  })

  it('is deleted softly and comes back', async () => {
    const before = await space.gold('select * from emails where id = $1', [outbound.id])
    const { id } = await approve('emails.delete', { emailId: outbound.id })
    await expect(emails.getMessage(space.actor, outbound.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await space.proposals.undo(space.actor, id)
    expect(await space.gold('select * from emails where id = $1', [outbound.id])).toEqual(before)
  })

  it('is refused with a second header, a bad address or a record that is not there', async () => {
    for (const input of [
      { to: ['x@example.org'], subject: 'a\r\nBcc: y@example.org', body: 'b' },
      { to: ['x@example.org\nBcc: y@example.org'], subject: 'a', body: 'b' },
      { to: ['x@example.org, y@example.org'], subject: 'a', body: 'b' },
      { to: ['"X" <x@example.org>'], subject: 'a', body: 'b' },
      { to: ['x@y@example.org'], subject: 'a', body: 'b' },
      { to: [], subject: 'a', body: 'b' },
      { to: ['x@example.org'], subject: 'a', body: 'b', relatedEntity: 'contact' },
    ])
      await expect(propose('emails.send', input)).rejects.toMatchObject({ code: 'VALIDATION' })
    await expect(propose('emails.reply', { emailId: '01a00000-0000-7000-8000-000000000000', body: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('an address', () => {
  it('of a host without a dot is one', async () => {
    await approve('emails.send', { to: ['akira.sato@atlas'], subject: 'Inside', body: 'b' })
    expect((await outbox())[0]).toMatchObject({ to: ['akira.sato@atlas'], subject: 'Inside' })
  })
})

describe('messages', () => {
  it('are listed with whom they were exchanged, by status, by words and page by page', async () => {
    const all = await emails.listMessages(space.actor, { limit: 50 })
    expect(all.items.map(({ subject }) => subject)).toEqual(['Lunch', 'RE: Offer'])
    expect(all.items[1]).toMatchObject({
      from: 'ada@example.com',
      to: ['me@ours.example'],
      text: 'Please send it.',
      contact: { label: 'Ada' },
      externalId: '<m1@example.com>',
      direction: 'inbound',
    })
    expect((await emails.listMessages(space.actor, { limit: 50, q: 'offer' })).items).toHaveLength(1)
    expect((await emails.listMessages(space.actor, { limit: 50, status: 'pending' })).items).toHaveLength(0)
    const first = await emails.listMessages(space.actor, { limit: 1 })
    expect(first).toMatchObject({ total: 2, items: [{ subject: 'Lunch' }] })
    expect(await emails.listMessages(space.actor, { limit: 1, cursor: first.nextCursor ?? '' })).toMatchObject({
      nextCursor: null,
      items: [{ subject: 'RE: Offer' }],
    })
  })

  it('are hidden with the record they hang on', async () => {
    const secret = await records.createRecord(space.actor, 'contacts', { first_name: 'Secret', email: 'secret@example.com', visibility: 'owner' })
    const mail = await records.createRecord(space.actor, 'emails', {
      from: 'secret@example.com',
      subject: 'Quiet',
      body: 'x',
      related_type: 'contact',
      related_id: secret.id,
    })
    await approve('emails.reply', { emailId: mail.id, body: 'Hush.' })
    const rep = await space.member('rep')
    expect((await emails.listMessages(rep, { limit: 50 })).items.map(({ subject }) => subject)).not.toContain('Quiet')
    await expect(emails.getMessage(rep, mail.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await emails.listOutbox(rep, { limit: 50 })).items.map(({ subject }) => subject)).not.toContain('Re: Quiet')
  })
})
