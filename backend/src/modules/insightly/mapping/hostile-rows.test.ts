import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '#backend/kernel/errors.ts'
import { insertRecords, updateRecords } from '#backend/modules/crm/index.ts'
import type { CustomFieldDefinition } from '#contracts/entities.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../../test/harness.ts'
import { insightlyObjects } from '../client/objects.ts'
import { parseBody } from '../client/parse-body.ts'
import type { InsightlyRow } from '../client/records.ts'
import { isSameAsSent, type MirroredEntity, mirroredEntities, objectOf, referencesIn, toCustomField, toInsightly, toRecord } from './index.ts'
import { mappedFields } from './mapped-entities.ts'
import { lookups } from './mapping.testing.ts'

let workspace: TestWorkspace
beforeAll(async () => {
  workspace = await createTestWorkspace()
})

const customTypes = ['text', 'number', 'date', 'boolean', 'choice', 'multiChoice'] as const
const customFields = Object.fromEntries(
  mirroredEntities.flatMap((entity) =>
    customTypes.map((type): [string, CustomFieldDefinition] => [
      `${entity}_${type}__c`,
      { entity, key: `own_${type.toLowerCase()}`, label: type, type, choices: ['A', 'b'] },
    ]),
  ),
)
const lists = { leadStatuses: { 1: 'Open' }, leadSources: { 1: 'Web' }, opportunityCategories: { 1: 'Cloud' }, taskCategories: { 1: 'Call' } }
const known = lookups({ customFields, lists })
/** In which no other record is here, so that every row can be stored by itself. */
const nobody = { ...known.incoming, record: () => undefined }

const nasty = fc.constantFrom<unknown>(
  '',
  ' ',
  '\0',
  'a\0b',
  '\uD800',
  '😀',
  'x'.repeat(5000),
  '😀'.repeat(300),
  '-',
  'null',
  '{}',
  '<p>',
  '"\\',
  '__proto__',
  'constructor',
  'toString',
  '0001-01-01 00:00:00',
  '0000-05-05 00:00:00',
  '9999-12-31T23:59:59-14:00',
  '0001-01-01T01:00:00+14:00',
  '2024-02-30',
  '2024-05-06 07:08:09',
  '2024-05-06T07:08:09.123456Z',
  0,
  -0,
  1,
  -1,
  0.5,
  1e21,
  1e300,
  5e-324,
  2 ** 53,
  '1',
  '00012',
  '-0.00',
  '1e5',
  '12345678901234567890.123',
  '9'.repeat(60),
  'NaN',
  true,
  false,
  'TRUE',
  null,
  [],
  {},
  [null],
  [[]],
  [{}],
  'http://',
  'http://[',
  'https://www.x.example:99999',
  'mailto:a@b',
  'usd',
  'OPEN',
  'In progress',
  '\u2028',
  '\r\n',
)
const anyText = fc.oneof(fc.string({ unit: 'binary' }), nasty)
const link = fc.record(
  {
    OBJECT_NAME: fc.oneof(fc.constantFrom('Contact', 'Task', 'lead'), nasty),
    OBJECT_ID: fc.oneof(fc.constantFrom<unknown>(1, 2), nasty),
    LINK_OBJECT_NAME: fc.oneof(fc.constantFrom('Contact', 'ORGANIZATION', 'Opportunity', 'Lead', 'Project'), nasty),
    LINK_OBJECT_ID: fc.oneof(fc.constantFrom<unknown>(1, 2, 3), nasty),
    ROLE: anyText,
    IS_FORWARD: nasty,
  },
  { requiredKeys: [] },
)
const custom = fc.record({ FIELD_NAME: fc.oneof(fc.constantFrom(...Object.keys(customFields)), nasty), FIELD_VALUE: fc.oneof(nasty, anyText, fc.jsonValue()) })
const special: Record<string, fc.Arbitrary<unknown>> = {
  LINKS: fc.array(link, { maxLength: 5 }),
  CUSTOMFIELDS: fc.array(custom, { maxLength: 6 }),
  TAGS: fc.array(fc.record({ TAG_NAME: anyText }), { maxLength: 4 }),
  EMAILDOMAINS: fc.array(fc.record({ EMAIL_DOMAIN: anyText }), { maxLength: 3 }),
}
const alwaysRead = [
  'DATE_CREATED_UTC',
  'DATE_UPDATED_UTC',
  'EMAIL_FROM',
  'EMAIL_TO',
  'BODY',
  'COMPLETED',
  'COMPLETED_DATE_UTC',
  'OPPORTUNITY_ID',
  ...Object.keys(special),
]

function anyRow(entity: MirroredEntity): fc.Arbitrary<InsightlyRow> {
  const names = [...new Set([...alwaysRead, ...mappedFields[entity].flatMap(({ reads }) => reads), insightlyObjects[objectOf(entity)].id])]
  const model = Object.fromEntries(
    names.map((name) => [name, fc.oneof({ weight: 3, arbitrary: nasty }, anyText, fc.jsonValue(), { weight: 3, arbitrary: special[name] ?? nasty })]),
  )
  return fc.record(model, { requiredKeys: [] })
}

/** Every text in it, keys too. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(textsIn)
  return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)]) : []
}

describe('whatever a row holds', () => {
  it.each(mirroredEntities)('it is read, and sent or refused with a sentence: %s', (entity) => {
    fc.assert(
      fc.property(anyRow(entity), fc.boolean(), (row, isNew) => {
        const record = toRecord(entity, row, known.incoming)
        expect(textsIn(record).filter((text) => text.includes('\0') || !text.isWellFormed())).toEqual([])
        for (const ids of referencesIn(entity, [row]).values()) for (const id of ids) expect(Number.isSafeInteger(id) && id > 0).toBe(true)
        try {
          const { fields } = toInsightly(entity, record.values, known.outgoing, { isNew, row })
          expect(typeof isSameAsSent(entity, fields, row)).toBe('boolean')
        } catch (error) {
          if (!(error instanceof AppError)) throw error
          expect(error.code).toBe('VALIDATION')
        }
      }),
      { numRuns: 400 },
    )
  })

  it('and any JSON at all', () => {
    fc.assert(
      fc.property(fc.constantFrom(...mirroredEntities), fc.json(), (entity, json) => {
        const value = parseBody(json)
        const row = typeof value === 'object' && value !== null ? (value as InsightlyRow) : { [insightlyObjects[objectOf(entity)].id]: value }
        toRecord(entity, row, known.incoming)
        referencesIn(entity, [row])
        toCustomField(entity, row as never, new Set())
      }),
      { numRuns: 500 },
    )
  })

  it.each(mirroredEntities)('it can be stored, and stored again: %s', async (entity) => {
    const now = new Date('2025-01-01T00:00:00Z')
    const id = insightlyObjects[objectOf(entity)].id
    const sample = fc.sample(anyRow(entity), { numRuns: 120, seed: 7 }).map((row, index) => ({ ...row, [id]: index + 1 }))
    const unique = (values: Record<string, unknown>) => (entity === 'products' ? { ...values, sku: `${String(values.external_id)}` } : values)
    const values = sample.map((row) => unique(toRecord(entity, row, nobody).values))
    await workspace.database.transaction({ type: 'system', workspaceId: workspace.workspaceId, job: 'insightly' }, async (tx) => {
      const ids = await insertRecords(tx, entity, values, { now })
      expect(ids).toHaveLength(sample.length)
      // What another row says of the same record.
      const others = sample.map((_, index) => ({ ...sample[(index + 1) % sample.length], [id]: index + 1 }))
      const told = (record: Record<string, unknown>) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined))
      await updateRecords(
        tx,
        entity,
        ids.map((recordId, index) => ({ id: recordId, values: told(unique(toRecord(entity, others[index] ?? {}, nobody).values)) })),
        { now },
      )
    })
  })
})
