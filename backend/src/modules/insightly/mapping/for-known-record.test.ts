import { expect, it } from 'vitest'
import { forKnownRecord, toRecord } from './index.ts'
import { lookups } from './mapping.testing.ts'

const { incoming } = lookups({ customFields: { Tier__c: { entity: 'contacts', key: 'tier', label: 'Tier', type: 'text', choices: [] } } })

it('empties the custom fields that Insightly has empty, and no others', () => {
  const row = { CONTACT_ID: 1, SALUTATION: 'Dr.', BACKGROUND: '', CUSTOMFIELDS: [] }
  const { custom } = forKnownRecord('contacts', toRecord('contacts', row, incoming).values, ['tier'])
  expect(custom).toMatchObject({ salutation: 'Dr.', background: null, tier: null })
  expect(custom).not.toHaveProperty('own_field')
  const filled = { ...row, CUSTOMFIELDS: [{ FIELD_NAME: 'Tier__c', FIELD_VALUE: 'A' }] }
  expect(forKnownRecord('contacts', toRecord('contacts', filled, incoming).values, ['tier']).custom).toMatchObject({ tier: 'A' })
})

it('leaves alone what Insightly does not tell', () => {
  const note = toRecord('notes', { NOTE_ID: 1, BODY: 'B', OWNER_USER_ID: 2 }, incoming).values
  expect(note.author_id).toBe('users:2')
  expect(Object.keys(forKnownRecord('notes', note, []))).toEqual(['title', 'body', 'related_type', 'related_id'])
  const event = toRecord('events', { EVENT_ID: 1, LINKS: [{ LINK_OBJECT_NAME: 'Contact', LINK_OBJECT_ID: 3 }] }, incoming).values
  expect(event.attendees).toHaveLength(1)
  expect(forKnownRecord('events', event, [])).not.toHaveProperty('attendees')
  expect(forKnownRecord('emails', toRecord('emails', { EMAIL_ID: 1, BODY: '' }, incoming).values, [])).not.toHaveProperty('body')
})
