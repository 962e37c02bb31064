import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CustomFieldDefinition, entities, importColumns } from '#contracts/entities.ts'
import { parseRecord } from '../records/parse-record.ts'
import { createRowParser } from './parse-rows.ts'

const customFields: CustomFieldDefinition[] = (['text', 'number', 'date', 'boolean', 'choice', 'multiChoice'] as const).map((type) => ({
  entity: 'contacts',
  key: type.toLowerCase(),
  label: type,
  type,
  choices: [],
}))
const importable = ['contacts', 'organisations', 'leads', 'opportunities', 'products', 'tasks'] as const

const spellings = fc.oneof(
  fc.constantFrom(
    '2025-02-28',
    '2025-02-29',
    '2024-02-29',
    '1900-02-29',
    '2000-02-29',
    '0000-01-01',
    '0001-01-01',
    '2025-13-01',
    '2025-00-10',
    '2025-1-1',
    '2025-04-31',
    '2025-01-31T23:59:59Z',
    '2025-01-31T24:00:00Z',
    '2025-01-31T23:60:00Z',
    '2025-01-31T23:59:60Z',
    '2025-02-30T10:00:00Z',
    '2025-01-31T10:00:00+02:00',
    '2025-01-31 10:00',
    '0',
    '00',
    '007',
    '-0',
    '1.50',
    '1.',
    '.5',
    '1,234.50',
    '1.234,50',
    '$50',
    '50 EUR',
    '(12)',
    '1e5',
    '99999999999999999999',
    '2147483647',
    '2147483648',
    '999999999',
    '50%',
    '101',
    'yes',
    'No',
    'maybe',
    'usd',
    'XXX',
    'a;B;a',
    'a@b',
    'A.B+c@x.example',
    'a@@b',
    'a b@c',
    'open',
    'OPEN',
    'won',
    'team',
    'Zoë',
    'a\0b',
    '\ud800',
    "O'Brien",
    'x'.repeat(1001),
    '+1 408-555-6462',
    '0'.repeat(61),
  ),
  fc.string({ maxLength: 12 }),
  fc.date({ noInvalidDate: true, min: new Date('0001-01-01'), max: new Date('9999-12-31') }).map((date) => date.toISOString()),
  fc.date({ noInvalidDate: true, min: new Date('1900-01-01'), max: new Date('2100-12-31') }).map((date) => `${date.toISOString().slice(0, 19)}Z`),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map(String),
  fc.integer().map(String),
)

describe('createRowParser', () => {
  it.each(importable)('makes of every row of %s what the careful way makes of it', (entity) => {
    const columns = [
      ...importColumns(entity).filter((column) => column !== 'id'),
      ...(entity === 'contacts' ? [...customFields.map(({ key }) => `custom.${key}`), 'custom.unknown'] : []),
      ...Object.keys(entities[entity].fields),
      'unheard_of',
    ]
    const rows = fc.dictionary(fc.constantFrom(...new Set(columns)), spellings, { maxKeys: 12 })
    const files = fc.tuple(fc.array(rows, { minLength: 1, maxLength: 20 }), fc.constantFrom('UTC', 'Europe/Paris'))
    fc.assert(
      fc.property(files, ([file, timeZone]) => {
        const parse = createRowParser(entity, { customFields, timeZone })
        for (const raw of [...file, ...file]) expect(parse(raw)).toEqual(parseRecord(entity, raw, { customFields, timeZone, partial: true }))
      }),
      { numRuns: 150, seed: 20_261_122 },
    )
  })
})
