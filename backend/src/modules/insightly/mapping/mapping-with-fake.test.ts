import { Decimal } from 'decimal.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeClient, openFake } from '../../../../test/fakes/insightly/fake-client.ts'
import { insightlyObjects } from '../client/objects.ts'
import { parseBody } from '../client/parse-body.ts'
import type { InsightlyRow } from '../client/records.ts'
import { idOf, type MirroredEntity, mirroredEntities, objectOf, readOnlyEntities, referencesIn, toInsightly, toRecord } from './index.ts'
import { idHere, type KnownWorld, lookups, worldOf } from './mapping.testing.ts'

let fake: FakeClient
let world: KnownWorld
const rowsOf = new Map<MirroredEntity, InsightlyRow[]>()

beforeAll(async () => {
  fake = await openFake({ records: 300 })
  world = await worldOf(fake.get)
  for (const entity of mirroredEntities) {
    const { path } = insightlyObjects[objectOf(entity)]
    rowsOf.set(entity, parseBody((await fake.get(`/${path}?top=500`)).text) as InsightlyRow[])
  }
})
afterAll(() => fake.close())

const rows = (entity: MirroredEntity) => rowsOf.get(entity) ?? []
const records = (entity: MirroredEntity) => rows(entity).map((row) => ({ row, ...toRecord(entity, row, lookups(world).incoming) }))

describe('every record of the stand-in', () => {
  it('has its id, its times and all its mapped columns', () => {
    for (const entity of mirroredEntities) {
      expect(rows(entity).length, entity).toBeGreaterThan(0)
      for (const { row, insightlyId, values, remoteUpdatedAt } of records(entity)) {
        expect(insightlyId).toBe(idOf(entity, row))
        expect(values.external_id).toBe(String(insightlyId))
        expect(values.created_at).toBe(`${String(row.DATE_CREATED_UTC).replace(' ', 'T')}.000Z`)
        // E-mails are never changed there.
        expect(remoteUpdatedAt).toBe(row.DATE_UPDATED_UTC === undefined ? null : `${String(row.DATE_UPDATED_UTC).replace(' ', 'T')}.000Z`)
      }
      const columns = records(entity).map(({ values }) => Object.keys(values).sort().join())
      expect(new Set(columns).size, entity).toBe(1)
    }
  })

  it.each([
    ['contacts', 'FIRST_NAME', 'first_name'],
    ['contacts', 'EMAIL_ADDRESS', 'email'],
    ['contacts', 'PHONE_MOBILE', 'mobile'],
    ['contacts', 'ADDRESS_MAIL_POSTCODE', 'postcode'],
    ['organisations', 'ORGANISATION_NAME', 'name'],
    ['organisations', 'ADDRESS_BILLING_CITY', 'city'],
    ['leads', 'ORGANISATION_NAME', 'organisation'],
    ['leads', 'INDUSTRY', 'industry'],
    ['leads', 'LEAD_RATING', 'rating'],
    ['opportunities', 'OPPORTUNITY_VALUE', 'value'],
    ['opportunities', 'BID_CURRENCY', 'currency'],
    ['opportunities', 'PROBABILITY', 'probability'],
    ['products', 'DEFAULT_PRICE', 'price'],
    ['products', 'PRODUCT_SKU', 'sku'],
    ['quotes', 'QUOTATION_NUMBER', 'quote_number'],
    ['quotes', 'QUOTE_STATUS', 'status'],
    ['quotes', 'GRAND_TOTAL', 'total'],
    ['quote_lines', 'TOTAL_PRICE', 'total'],
    ['tasks', 'TITLE', 'title'],
    ['notes', 'BODY', 'body'],
    ['emails', 'SUBJECT', 'subject'],
  ] as const)('of %s tells %s as %s', (entity, remote, column) => {
    const filled = records(entity).filter(({ row }) => row[remote] !== null && row[remote] !== '')
    expect(filled.length).toBeGreaterThan(0)
    expect(filled.map(({ values }) => values[column])).toEqual(filled.map(({ row }) => row[remote]))
  })

  it('is linked to what it names', () => {
    for (const { row, values } of records('contacts')) {
      expect(values.organisation_id).toBe(row.ORGANISATION_ID === null ? null : idHere('organisations', Number(row.ORGANISATION_ID)))
      expect(values.organisation).toBe(row.ORGANISATION_ID === null ? null : `label of ${idHere('organisations', Number(row.ORGANISATION_ID))}`)
      expect(values.owner_id).toBe(idHere('users', Number(row.OWNER_USER_ID)))
    }
    const withContact = records('opportunities').filter(({ values }) => values.contact_id !== null)
    expect(withContact.length).toBeGreaterThan(rows('opportunities').length / 2)
    const related = records('notes').map(({ values }) => values.related_type)
    expect(new Set(related)).toEqual(new Set(['contact', 'opportunity', 'organisation', 'lead', null]))
  })

  it('says each of its links once', () => {
    // Of organisations and contacts the links are columns of other records.
    expect(records('organisations').flatMap(({ links }) => links)).toEqual([])
    for (const entity of ['contacts', 'opportunities', 'tasks', 'notes'] as const)
      for (const { values, links } of records(entity))
        for (const link of links) expect([values.organisation_id, values.contact_id, values.related_id]).not.toContain(idHere(link.entity, link.insightlyId))
  })

  it('names all that it refers to before it is read', () => {
    for (const entity of mirroredEntities) {
      const named = referencesIn(entity, rows(entity))
      const { incoming } = lookups(world)
      for (const row of rows(entity)) {
        toRecord(entity, row, {
          ...incoming,
          record: (target, id) => {
            expect(named.get(target)?.has(id), `${entity}: ${target} ${id}`).toBe(true)
            return incoming.record(target, id)
          },
          label: (target, id) => {
            expect(named.get(target)?.has(id), `${entity}: ${target} ${id}`).toBe(true)
            return incoming.label(target, id)
          },
        })
      }
    }
  })

  it('has its custom fields under our keys', () => {
    const budgets = rows('leads').flatMap((row) => (row.CUSTOMFIELDS as { FIELD_NAME: string; FIELD_VALUE: unknown }[]).map(({ FIELD_VALUE }) => FIELD_VALUE))
    expect(records('leads').flatMap(({ values }) => values.custom?.budget ?? [])).toEqual(budgets)
    const interests = records('contacts').flatMap(({ values }) => (values.custom?.interests as string[] | undefined) ?? [])
    expect(interests.length).toBeGreaterThan(0)
    expect(interests.filter((interest) => interest.includes(';'))).toEqual([])
    expect(
      records('organisations')
        .flatMap(({ values }) => values.custom?.renewal_date ?? [])
        .filter((value) => !/^\d{4}-\d\d-\d\d$/.test(String(value))),
    ).toEqual([])
  })
})

describe('what is sent of a record that nobody changed', () => {
  it.each(mirroredEntities)('changes nothing: %s', (entity) => {
    const { incoming, outgoing } = lookups(world)
    let compared = 0
    for (const row of rows(entity)) {
      const { values, links } = toRecord(entity, row, incoming)
      const write = toInsightly(entity, values, outgoing, { isNew: false, row })
      for (const [name, value] of Object.entries(write.fields)) {
        expect(isSame(value, row[name]), `${entity} ${name}: ${String(value)} for ${String(row[name])}`).toBe(true)
        compared += 1
      }
      const there = new Map((row.CUSTOMFIELDS as { FIELD_NAME: string; FIELD_VALUE: unknown }[] | undefined)?.map((one) => [one.FIELD_NAME, one.FIELD_VALUE]))
      for (const { FIELD_NAME: name, FIELD_VALUE: value } of write.customFields) expect(isSame(value, there.get(name)), `${entity} ${name}`).toBe(true)
      expect(write.waitsFor).toEqual([])
      if (write.tags !== undefined) expect(write.tags).toEqual((row.TAGS as { TAG_NAME: string }[]).map(({ TAG_NAME }) => TAG_NAME))
      if (write.pipeline !== undefined) expect(write.pipeline).toEqual({ pipelineId: row.PIPELINE_ID, stageId: row.STAGE_ID })
      if (write.state !== undefined) expect(write.state).toBe(row.OPPORTUNITY_STATE)
      if (write.emailDomain !== undefined) expect(write.emailDomain).toBe((row.EMAILDOMAINS as { EMAIL_DOMAIN: string }[])[0]?.EMAIL_DOMAIN ?? null)
      expect(links.some(({ entity: target, insightlyId }) => target === write.related?.entity && insightlyId === write.related.insightlyId)).toBe(false)
    }
    expect(compared).toBeGreaterThanOrEqual(readOnlyEntities.includes(entity) ? 0 : rows(entity).length)
    if (readOnlyEntities.includes(entity)) expect(compared).toBe(0)
  })
})

/** Whether Insightly would see no difference. */
function isSame(sent: unknown, there: unknown): boolean {
  if (sent === null || sent === '') return there === null || there === '' || there === undefined
  if (typeof sent === 'boolean') return sent === (there ?? false)
  if (/^-?\d+(\.\d+)?$/.test(String(sent)) && /^-?\d+(\.\d+)?$/.test(String(there))) return new Decimal(String(sent)).equals(String(there))
  // Days are days here, whatever time Insightly has for them.
  if (/^\d{4}-\d\d-\d\d( 00:00:00)?$/.test(String(sent))) return String(sent).slice(0, 10) === String(there).slice(0, 10)
  return String(sent).toLowerCase() === String(there).trim().toLowerCase()
}
