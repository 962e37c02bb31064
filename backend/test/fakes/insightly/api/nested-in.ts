import { customFields } from '../data/custom-fields.ts'
import { readDate, writeDate } from '../dates.ts'
import type { Entity } from '../entities.ts'
import { isExactNumber, isRow, type Row, type Value } from '../json.ts'
import type { Settings } from '../settings.ts'
import { badRequest } from './refusal.ts'
import { readScalar } from './values-in.ts'

const text = (name: string, max: number, required: boolean) => ({ name, kind: 'str', max, required, readOnly: false }) as const
const flag = (name: string) => ({ name, kind: 'bool', max: undefined, required: false, readOnly: false }) as const

/** The members of a collection field as they were sent, keys in any case. */
function readRows(name: string, value: unknown): ReadonlyMap<string, unknown>[] {
  if (value === null) return []
  if (!Array.isArray(value)) throw badRequest(`${name} must be an array.`)
  return value.map((one) => {
    if (!isRow(one)) throw badRequest(`${name} must hold objects.`)
    return new Map(Object.entries(one).map(([key, content]) => [key.toUpperCase(), content]))
  })
}

export function readTags(value: unknown): Row[] {
  const seen = new Map<string, Row>()
  for (const row of readRows('TAGS', value)) {
    const name = readScalar(text('TAG_NAME', 255, true), row.get('TAG_NAME') ?? null)
    if (typeof name !== 'string' || name.trim() === '') throw badRequest('TAG_NAME is required.')
    if (!seen.has(name.toLowerCase())) seen.set(name.toLowerCase(), { TAG_NAME: name })
  }
  return [...seen.values()]
}

/** Ids inside a record count from its own id. */
function innerId(row: ReadonlyMap<string, unknown>, field: string, recordId: number, index: number): number {
  const given = Number(row.get(field) ?? 0)
  return Number.isInteger(given) && given > 0 ? given : recordId * 100 + index
}

export function readDates(value: unknown, recordId: number): Row[] {
  return readRows('DATES', value).map((row, index) => {
    const date = row.get('OCCASION_DATE')
    const instant = typeof date === 'string' ? readDate(date) : undefined
    if (date !== undefined && date !== null && instant === undefined) throw badRequest(`The value '${String(date)}' is not valid for OCCASION_DATE.`)
    return {
      DATE_ID: innerId(row, 'DATE_ID', recordId, index),
      OCCASION_NAME: readScalar(text('OCCASION_NAME', 255, false), row.get('OCCASION_NAME') ?? null),
      OCCASION_DATE: instant === undefined ? null : writeDate(instant),
      REPEAT_YEARLY: readScalar(flag('REPEAT_YEARLY'), row.get('REPEAT_YEARLY') ?? false),
      CREATE_TASK_YEARLY: readScalar(flag('CREATE_TASK_YEARLY'), row.get('CREATE_TASK_YEARLY') ?? false),
    }
  })
}

export function readEmailDomains(value: unknown, recordId: number): Row[] {
  return readRows('EMAILDOMAINS', value).map((row, index) => {
    const domain = readScalar(text('EMAIL_DOMAIN', 255, true), row.get('EMAIL_DOMAIN') ?? null)
    if (typeof domain !== 'string' || domain === '') throw badRequest('EMAIL_DOMAIN is required.')
    return { EMAIL_DOMAIN_ID: innerId(row, 'EMAIL_DOMAIN_ID', recordId, index), EMAIL_DOMAIN: domain }
  })
}

/** CUSTOMFIELDS after a write: names are case-sensitive, null clears. */
export function readCustomFields(entity: Entity, value: unknown, before: readonly Row[], settings: Settings): Row[] {
  const after = new Map(settings.customFields === 'merge' ? before.map((row) => [row.FIELD_NAME, row]) : [])
  for (const row of readRows('CUSTOMFIELDS', value)) {
    const name = row.get('FIELD_NAME') ?? row.get('CUSTOM_FIELD_ID')
    const definition = customFields.find((one) => one.name === name && one.object === entity.singular.toUpperCase())
    if (definition === undefined) throw badRequest(`Custom field '${String(name)}' does not exist.`)
    const content = readCustomValue(definition, row.get('FIELD_VALUE') ?? null)
    if (content === null) after.delete(definition.name)
    else after.set(definition.name, { FIELD_NAME: definition.name, FIELD_VALUE: content, CUSTOM_FIELD_ID: definition.name })
  }
  return [...after.values()]
}

function readCustomValue({ name, type, options }: (typeof customFields)[number], value: unknown): Value {
  if (value === null || value === '') return null
  const field = { name, max: undefined, required: false, readOnly: false }
  if (type === 'BIT') return readScalar({ ...field, kind: 'bool' }, value)
  if (type === 'NUMERIC' || type === 'PERCENT') return readScalar({ ...field, kind: 'num' }, value)
  if (type === 'DATE' || type === 'DATETIME') return readScalar({ ...field, kind: 'datetime' }, value)
  const content = isExactNumber(value) ? value.rawJSON : String(readScalar({ ...field, kind: 'str' }, value))
  const chosen = type === 'MULTISELECT' ? content.split(';') : [content]
  if (options.length > 0 && !chosen.every((choice) => options.includes(choice))) throw badRequest(`The value '${content}' is not an option of ${name}.`)
  return content
}
