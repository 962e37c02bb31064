import { describe, expect, it } from 'vitest'
import type { Proposal } from '#contracts/approvals.ts'
import { changedFields, editableFields, withField } from './proposal-fields.ts'

const proposal = (some: Partial<Proposal>): Proposal => ({
  id: 'p',
  batchId: 'b',
  position: 0,
  tool: 'records.update',
  title: 'Change a contact',
  input: {},
  status: 'pending',
  risk: 'low',
  requestedBy: { id: 'u', name: 'Ann', agent: null },
  source: { kind: 'sentence' },
  untrusted: false,
  entity: 'contacts',
  recordId: 'r',
  label: null,
  before: null,
  after: null,
  changes: [],
  createdAt: '2026-11-20T09:00:00.000Z',
  expiresAt: '2026-11-27T09:00:00.000Z',
  decidedAt: null,
  decidedBy: null,
  edited: false,
  undoneAt: null,
  undoneBy: null,
  error: null,
  ...some,
})

describe('changedFields', () => {
  it('names what differs as the kind of record does, without ids and times', () => {
    const fields = changedFields(
      proposal({
        before: { id: 'r', city: 'Rome', organisation: 'Acme', organisation_id: 'o1', updated_at: 'x' },
        after: { id: 'r', city: 'Oslo', organisation: 'Birch', organisation_id: 'o2', updated_at: 'y' },
        changes: ['updated_at', 'city', 'organisation_id', 'organisation'],
      }),
    )
    expect(fields.map(({ label, before, after }) => [label, before, after])).toEqual([
      ['Organisation', 'Acme', 'Birch'],
      ['City', 'Rome', 'Oslo'],
    ])
  })
  it('shows of a new record what is filled in', () => {
    const fields = changedFields(
      proposal({ entity: 'tasks', after: { id: 't', title: 'Call', tags: [], custom: {}, owner: null }, changes: ['title', 'tags', 'custom', 'owner'] }),
    )
    expect(fields.map(({ key }) => key)).toEqual(['title'])
  })
  it('shows what it is about as one thing', () => {
    const after = { id: 't', title: 'Call', related_type: 'contact', related_id: 'c1' }
    const fields = changedFields(proposal({ entity: 'tasks', after, changes: ['title', 'related_type', 'related_id'] }))
    expect(fields.map(({ label, after: value }) => [label, value])).toEqual([
      ['Title', 'Call'],
      ['About', 'c1'],
    ])
  })
  it('shows each of the own fields that differs', () => {
    const fields = changedFields(proposal({ before: { custom: { tier: 'A', size: 3 } }, after: { custom: { tier: 'B', size: 3 } }, changes: ['custom'] }))
    expect(fields.map(({ label, before, after }) => [label, before, after])).toEqual([['Tier', 'A', 'B']])
  })
})

describe('editableFields', () => {
  it('lets the values and the words of a request be put right, not what it is about', () => {
    const update = proposal({ input: { entity: 'contacts', id: 'r', values: { city: 'Oslo', tags: ['a', 'b'] } } })
    expect(editableFields(update).map(({ path, label }) => [path.join('.'), label])).toEqual([
      ['values.city', 'City'],
      ['values.tags', 'Tags'],
    ])
    const mail = proposal({ tool: 'emails.reply', entity: null, input: { emailId: 'e', body: 'Hello' } })
    expect(editableFields(mail).map(({ path, type }) => [path.join('.'), type])).toEqual([['body', 'longText']])
    expect(editableFields(proposal({ tool: 'records.delete', input: { entity: 'contacts', id: 'r' } }))).toEqual([])
  })
  it('replaces one field and leaves the others', () => {
    const input = { entity: 'contacts', values: { city: 'Oslo', phone: '1' } }
    expect(withField(input, ['values', 'city'], 'Rome')).toEqual({ entity: 'contacts', values: { city: 'Rome', phone: '1' } })
    expect(input.values.city).toBe('Oslo')
  })
})
