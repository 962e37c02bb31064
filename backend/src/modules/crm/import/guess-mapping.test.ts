import { describe, expect, it } from 'vitest'
import { type EntityName, entities, entityNames, importColumns } from '#contracts/entities.ts'
import { addToProfile, emptyProfile } from './cell-patterns.ts'
import { chooseMapping, guessMapping, proposeMapping } from './guess-mapping.ts'
import { targetColumns } from './target-columns.ts'

function guess(entity: EntityName, headings: string[], rows: string[][] = []) {
  const profiles = headings.map((_, index) => {
    const profile = emptyProfile()
    for (const row of rows) addToProfile(profile, row[index] ?? '')
    return profile
  })
  const columns = targetColumns(entity, [])
  const guessed = guessMapping(entity, headings, profiles, columns)
  return { guessed, columns, proposed: proposeMapping(entity, guessed, profiles, columns) }
}

describe('guessing headings', () => {
  it('takes every canonical column as itself', () => {
    for (const entity of entityNames.filter((name) => entities[name].importable)) {
      const headings = importColumns(entity)
      expect(guess(entity, headings).guessed.mapping).toEqual(Object.fromEntries(headings.map((heading) => [heading, heading])))
    }
  })

  it.each<[EntityName, Record<string, string | null>]>([
    [
      'contacts',
      {
        'First Name': 'first_name',
        'Last Name': 'last_name',
        'E-mail Address': 'email',
        Company: 'organisation',
        'Business Phone': 'phone',
        'Mobile Phone': 'mobile',
        'Job Title': 'title',
        'Postal Code': 'postcode',
      },
    ],
    [
      'contacts',
      {
        Vorname: 'first_name',
        Nachname: 'last_name',
        'E-Mail-Adresse': 'email',
        Firma: 'organisation',
        Telefon: 'phone',
        PLZ: 'postcode',
        Ort: 'city',
        Land: 'country',
      },
    ],
    ['contacts', { 'Account Name': 'organisation', Title: 'title', 'Lead Source': 'source', 'Contact Owner': 'owner', 'Created Date': 'created_at' }],
    [
      'contacts',
      {
        customer_id: 'external_id',
        assigned_to_email: 'owner',
        customer_name: 'name',
        customer_email: 'email',
        customer_phone: 'phone',
        last_contact_date: 'last_contacted_at',
      },
    ],
    ['organisations', { 'Account Name': 'name', Website: 'domain', Employees: 'size', 'Billing City': 'city', Industry: 'industry' }],
    [
      'opportunities',
      { 'Deal Name': 'name', 'Deal Stage': 'stage', Amount: 'value', 'Close Date': 'forecast_close_date', Pipeline: 'pipeline', 'Deal owner': 'owner' },
    ],
    [
      'orders',
      {
        InvoiceNo: 'order_id',
        StockCode: 'sku',
        Description: 'description',
        Quantity: 'quantity',
        InvoiceDate: 'ordered_at',
        UnitPrice: 'unit_price',
        CustomerID: 'customer',
        Country: null,
      },
    ],
    ['tasks', { task_id: 'external_id', task_name: 'title', assigned_to_email: 'owner', list_name: 'status', due_date: 'due_at' }],
    ['events', { event_id: 'external_id', event_name: 'title', participant_email: 'attendees', event_start: 'starts_at' }],
    [
      'emails',
      { email_id: 'external_id', 'sender/recipient': 'from', subject: 'subject', sent_datetime: 'sent_at', body: 'body', 'inbox/outbox': 'direction' },
    ],
  ])('knows other programs and languages: %s %#', (entity, expected) => {
    const { guessed, columns } = guess(entity, Object.keys(expected))
    expect(chooseMapping(entity, undefined, guessed, columns)).toEqual(expected)
  })

  it('looks at the cells where headings say nothing, and never uses a column twice', () => {
    const { guessed } = guess(
      'contacts',
      ['A', 'B', 'C'],
      [
        ['Ada', 'ada@example.com', '+44 20 7946 0000'],
        ['Bob', 'bob@example.com', '(020) 7946-0001'],
      ],
    )
    expect(guessed.mapping).toEqual({ A: null, B: 'email', C: 'phone' })
    const twice = guess('contacts', ['E-mail', 'email']).guessed.mapping
    expect(twice.email).toBe('email')
    expect(twice['E-mail']).toBeNull()
  })

  it('proposes custom fields for what has no column, and drops a full name beside its parts', () => {
    const { proposed } = guess('contacts', ['First name', 'Last name', 'Full name', 'Follow-up by', 'Empty'], [['Ada', 'L', 'Ada L', '2025-01-01', '']])
    expect(proposed.mapping).toMatchObject({ 'Full name': null, 'Follow-up by': 'custom.follow_up_by', Empty: null })
  })

  it('refuses a mapping to unknown columns or headings, or of two headings to one column', () => {
    const { guessed, columns } = guess('contacts', ['A', 'B'])
    expect(() => chooseMapping('contacts', { A: 'emial' }, guessed, columns)).toThrow('emial')
    expect(() => chooseMapping('contacts', { Z: 'email' }, guessed, columns)).toThrow('does not have')
    expect(() => chooseMapping('contacts', { A: 'email', B: 'email' }, guessed, columns)).toThrow('both mapped')
    expect(chooseMapping('contacts', { email: 'A', 'custom.x': 'B' }, guessed, columns)).toEqual({ A: 'email', B: 'custom.x' })
  })
})
