import { Decimal } from 'decimal.js'
import { writeDate } from '../dates.ts'
import { type Entity, entityNamed } from '../entities.ts'
import { isExactNumber, type Row, toNumber, type Value } from '../json.ts'
import type { Api } from './call.ts'

/** A record of its fields alone: everything else null, lists empty. */
export function newRecord(api: Api, entity: Entity, id: number, values: Row, userId: number): Row {
  const row: Row = {}
  const now = writeDate(api.now())
  for (const { name, kind } of entity.fields) {
    if (name === 'LINKS' || name === 'TEAMMEMBERS') continue
    row[name] = kind.endsWith('[]') ? [] : kind === 'bool' ? false : null
  }
  const stamps: Row = { DATE_CREATED_UTC: now, DATE_UPDATED_UTC: now, CREATED_USER_ID: userId, OWNER_USER_ID: userId, RESPONSIBLE_USER_ID: userId }
  for (const [name, value] of Object.entries(stamps)) if (name in row) row[name] = value
  return derive(entity, { ...row, ...defaultsOf(api, entity), ...values, [entity.idField]: id }, undefined, now)
}

/** The record after a partial write. */
export function changedRecord(api: Api, entity: Entity, before: Row, values: Row): Row {
  const now = writeDate(api.now())
  const row: Row = { ...before, ...values }
  if ('DATE_UPDATED_UTC' in row) row.DATE_UPDATED_UTC = now
  return derive(entity, row, before, now)
}

function defaultsOf(api: Api, entity: Entity): Row {
  switch (entity.name) {
    case 'Contacts':
      return { VISIBLE_TO: 'EVERYONE' }
    case 'Leads':
      return {
        VISIBLE_TO: 'EVERYONE',
        EMAIL: '',
        EMPLOYEE_COUNT: 0,
        LEAD_STATUS_ID: defaultId(api, 'LeadStatuses', 'DEFAULT_STATUS'),
        LEAD_SOURCE_ID: defaultId(api, 'LeadSources', 'DEFAULT_VALUE'),
      }
    case 'Opportunities':
      return { OPPORTUNITY_STATE: 'Open', BID_CURRENCY: 'USD', BID_TYPE: 'Fixed Bid' }
    case 'Tasks':
      return { STATUS: 'NOT STARTED', PRIORITY: 2, PERCENT_COMPLETE: 0, PUBLICLY_VISIBLE: true, OWNER_VISIBLE: true }
    case 'Product':
    case 'Pricebook':
      return { CURRENCY_CODE: 'USD' }
    case 'Quotation':
      return { QUOTE_STATUS: 'Draft', QUOTATION_CURRENCY_CODE: 'USD', LINE_ITEM_COUNT: 0, SUBTOTAL: 0, TOTAL_PRICE: 0, GRAND_TOTAL: 0, DISCOUNT: 0 }
    default:
      return {}
  }
}

function defaultId(api: Api, list: string, flag: string): Value {
  const entity = entityNamed(list)
  const collection = api.store.collection(entity)
  const rows = collection.page(0, collection.count())
  return (rows.find((row) => row[flag] === true) ?? rows[0])?.[entity.idField] ?? null
}

/** Fields the server works out from others. */
function derive(entity: Entity, row: Row, before: Row | undefined, now: string): Row {
  if (entity.name === 'Opportunities') return { ...row, OPPORTUNITY_VALUE: opportunityValue(row) }
  if (entity.name !== 'Tasks') return row
  const changedTo = (field: string, value: Value) => row[field] === value && before?.[field] !== value
  const isDone = changedTo('COMPLETED', true) || changedTo('STATUS', 'COMPLETED')
  if (isDone) return { ...row, COMPLETED: true, STATUS: 'COMPLETED', PERCENT_COMPLETE: 100, COMPLETED_DATE_UTC: now }
  const isReopened = before !== undefined && before.COMPLETED === true && (row.COMPLETED === false || row.STATUS !== 'COMPLETED')
  if (!isReopened) return row
  return { ...row, COMPLETED: false, STATUS: row.STATUS === 'COMPLETED' ? 'IN PROGRESS' : (row.STATUS ?? null), COMPLETED_DATE_UTC: null }
}

/** A bid by the hour, day, week, month or year is worth its amount times its duration. */
function opportunityValue({ BID_AMOUNT: amount, BID_TYPE: type, BID_DURATION: duration }: Row): Value {
  if (amount === null || amount === undefined) return null
  const text = isExactNumber(amount) ? amount.rawJSON : String(amount)
  if (type === 'Fixed Bid' || type === null || typeof duration !== 'number') return amount
  return toNumber(new Decimal(text).times(duration).toFixed())
}
