import { Decimal } from 'decimal.js'
import { type Entity, entityNamed } from '../entities.ts'
import { isExactNumber, type Row, toNumber, type Value } from '../json.ts'
import type { Change } from '../store/store.ts'
import type { Answer, Api, Call, Owner, Resource } from './call.ts'
import { pageOf } from './lists.ts'
import { changedRecord, newRecord } from './new-record.ts'
import { listParameters } from './query.ts'
import { readFields, readObject } from './record-in.ts'
import { getRow, readId } from './records.ts'
import { notFound } from './refusal.ts'
import { viewRecord } from './view.ts'

type ChildName = 'Milestones' | 'OpportunityLineItem' | 'PricebookEntry' | 'QuotationLineItem' | 'TeamMembers'

interface Kind {
  /** The child's field that names its owner. */
  ownerField: string
  /** Fields that are read-only in the collection and are given when the child is made. */
  writable: readonly string[]
  optional: readonly string[]
}

const kinds: Readonly<Record<ChildName, Kind>> = {
  Milestones: { ownerField: 'PROJECT_ID', writable: [], optional: ['COMPLETED'] },
  OpportunityLineItem: { ownerField: 'OPPORTUNITY_ID', writable: ['PRICEBOOK_ENTRY_ID'], optional: [] },
  PricebookEntry: { ownerField: '', writable: ['PRICEBOOK_ID', 'PRODUCT_ID'], optional: ['PRICEBOOK_ID', 'PRODUCT_ID'] },
  QuotationLineItem: { ownerField: 'QUOTE_ID', writable: ['PRICEBOOK_ENTRY_ID'], optional: ['LIST_PRICE'] },
  TeamMembers: { ownerField: 'TEAM_ID', writable: [], optional: [] },
}

/** Records that live under another one, such as the lines of a quotation. */
export function childRecordsResource(api: Api, owner: Owner, name: ChildName, childId: string | undefined): Resource {
  const entity = entityNamed(name)
  const ownerField = kinds[name].ownerField || owner.entity.idField
  const find = (id: number) => {
    const row = getRow(api, entity, id)
    if (row[ownerField] !== owner.id) throw notFound(`${entity.singular} ${id}`)
    return row
  }
  if (childId !== undefined) return { delete: () => removeChild(api, owner, entity, find(readId(childId))) }
  return {
    get: async ({ query }) => pageOf(api, entity, await childrenOf(api, entity, ownerField, owner.id), listParameters(query)),
    post: (call) => createChild(api, owner, entity, name, ownerField, call),
    put: (call) => updateChild(api, owner, entity, find(readId(String(readObject(call.body).get(entity.idField) ?? ''))), call),
  }
}

async function childrenOf(api: Api, entity: Entity, ownerField: string, ownerId: number): Promise<Row[]> {
  const collection = api.store.collection(entity)
  const ids = await collection.withText(ownerField, String(ownerId))
  return ids.flatMap<Row>((id) => collection.find(id) ?? [])
}

async function createChild(api: Api, owner: Owner, entity: Entity, name: ChildName, ownerField: string, call: Call): Promise<Answer> {
  const { writable, optional } = kinds[name]
  const given = new Map(readObject(call.body)).set(ownerField, owner.id)
  const values = { ...readFields(api, entity, given, undefined, { writable, optional }), [ownerField]: owner.id }
  const siblings = await childrenOf(api, entity, ownerField, owner.id)
  const id = api.store.collection(entity).nextId()
  const row = priced(api, entity, newRecord(api, entity, id, values, call.userId))
  api.store.commit([{ kind: 'row', entity: entity.name, id, row }, ...totals(api, owner, [...siblings, row])])
  return { status: 201, body: viewRecord(api, entity, row) }
}

async function updateChild(api: Api, owner: Owner, entity: Entity, before: Row, call: Call): Promise<Answer> {
  const row = priced(api, entity, changedRecord(api, entity, before, readFields(api, entity, readObject(call.body), before)))
  const id = Number(row[entity.idField])
  const siblings = await childrenOf(api, entity, owner.entity.idField, owner.id)
  api.store.commit([
    { kind: 'row', entity: entity.name, id, row },
    ...totals(
      api,
      owner,
      siblings.map((sibling) => (sibling[entity.idField] === id ? row : sibling)),
    ),
  ])
  return { status: api.settings.putStatus, body: viewRecord(api, entity, row) }
}

async function removeChild(api: Api, owner: Owner, entity: Entity, row: Row): Promise<Answer> {
  const id = Number(row[entity.idField])
  const siblings = await childrenOf(api, entity, owner.entity.idField, owner.id)
  api.store.commit([
    { kind: 'row', entity: entity.name, id, row: null },
    ...totals(
      api,
      owner,
      siblings.filter((sibling) => sibling[entity.idField] !== id),
    ),
  ])
  return { status: 202 }
}

/** A line with its sums, at the list price of its entry in the price book. */
function priced(api: Api, entity: Entity, row: Row): Row {
  if (entity.name !== 'OpportunityLineItem' && entity.name !== 'QuotationLineItem') return row
  const entry = api.store.collection(entityNamed('PricebookEntry')).find(Number(row.PRICEBOOK_ENTRY_ID))
  const subtotal = decimal(row.QUANTITY).times(decimal(row.UNIT_PRICE))
  const total = subtotal.times(new Decimal(100).minus(decimal(row.DISCOUNT))).div(100)
  return {
    ...row,
    CURRENCY_CODE: row.CURRENCY_CODE ?? entry?.CURRENCY_CODE ?? null,
    LIST_PRICE: row.LIST_PRICE ?? entry?.PRICE ?? null,
    SUBTOTAL: money(subtotal),
    TOTAL_PRICE: money(total),
  }
}

/** The sums of a quotation after a change of its lines. */
function totals(api: Api, { entity, id }: Owner, lines: readonly Row[]): Change[] {
  if (entity.name !== 'Quotation') return []
  const before = getRow(api, entity, id)
  const sum = (field: string) => lines.reduce((total, line) => total.plus(decimal(line[field])), new Decimal(0))
  const [subtotal, total] = [sum('SUBTOTAL'), sum('TOTAL_PRICE')]
  const row = changedRecord(api, entity, before, {
    LINE_ITEM_COUNT: lines.length,
    SUBTOTAL: money(subtotal),
    TOTAL_PRICE: money(total),
    DISCOUNT: subtotal.isZero() ? 0 : money(subtotal.minus(total).div(subtotal).times(100)),
    GRAND_TOTAL: money(total.plus(decimal(before.TAX)).plus(decimal(before.SHIPPING_HANDLING))),
  })
  return [{ kind: 'row', entity: entity.name, id, row }]
}

function decimal(value: Value | undefined): Decimal {
  if (value === null || value === undefined) return new Decimal(0)
  return new Decimal(isExactNumber(value) ? value.rawJSON : String(value))
}

function money(amount: Decimal): Value {
  return toNumber(amount.toDecimalPlaces(2).toFixed())
}
