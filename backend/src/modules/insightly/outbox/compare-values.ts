import { Decimal } from 'decimal.js'
import type { RecordValues } from '#backend/modules/crm/index.ts'
import { type EntityName, entities, type FieldType } from '#contracts/entities.ts'
import type { ColumnValues } from './outbox-row.ts'

/** Columns that say one thing together: what is true of one of them is true of the others. */
const inseparable: readonly (readonly string[])[] = [
  ['pipeline_id', 'stage_id'],
  ['related_type', 'related_id'],
]
/** Insightly writes these in a case of its own. */
const anyCase = new Set(['status', 'priority', 'state', 'related_type'])

/** The columns that go with this one, itself among them. */
export function companionsOf(field: string): readonly string[] {
  return inseparable.find((group) => group.includes(field)) ?? [field]
}

/** Values by field, each custom field for itself as `custom.<key>`. */
export function toFields(values: ColumnValues | null | undefined): Map<string, unknown> {
  const fields = new Map<string, unknown>()
  for (const [key, value] of Object.entries(values ?? {})) {
    if (key !== 'custom') fields.set(key, value)
    else for (const [name, custom] of Object.entries((value ?? {}) as ColumnValues)) fields.set(`custom.${name}`, custom)
  }
  return fields
}

/** The other way round; what is not there is left out. */
export function toColumns(fields: ReadonlyMap<string, unknown>): ColumnValues {
  const values: ColumnValues = {}
  const custom: ColumnValues = {}
  for (const [field, value] of fields) {
    if (field.startsWith('custom.')) custom[field.slice('custom.'.length)] = value ?? null
    else values[field] = value ?? null
  }
  return Object.keys(custom).length === 0 ? values : { ...values, custom }
}

const typesByColumn = new Map<EntityName, Map<string, FieldType>>()

function typeOf(entity: EntityName, field: string): FieldType | undefined {
  let types = typesByColumn.get(entity)
  if (types === undefined) {
    types = new Map(Object.entries(entities[entity].fields).map(([name, { type, column }]) => [type === 'reference' ? (column ?? name) : name, type]))
    typesByColumn.set(entity, types)
  }
  return types.get(field)
}

/** Whether two values of a field are the same, as far as Insightly can tell them apart: times to the second, lists as sets, amounts as numbers. */
export function isSameValue(entity: EntityName, field: string, a: unknown, b: unknown): boolean {
  const [left, right] = [orNone(a), orNone(b)]
  if (left === null || right === null) return left === right
  const type = typeOf(entity, field)
  if (Array.isArray(left) || Array.isArray(right)) return isSameSet(left, right)
  if (typeof left === 'object' || typeof right === 'object') return JSON.stringify(left) === JSON.stringify(right)
  if (type === 'datetime') return secondOf(left) === secondOf(right)
  if (type === 'date') return String(left).slice(0, 10) === String(right).slice(0, 10)
  const numbers = [toDecimal(left, type), toDecimal(right, type)]
  if (numbers[0] !== undefined && numbers[1] !== undefined) return numbers[0].equals(numbers[1])
  const texts = [plain(left), plain(right)].map((text) => (anyCase.has(field) ? text.toLowerCase() : text))
  return texts[0] === texts[1]
}

/** Nothing, an empty text, an empty list and a box that is not ticked are the same there. */
function orNone(value: unknown): unknown {
  if (value === undefined || value === '' || value === false) return null
  if (typeof value === 'string' && value.trim() === '') return null
  return Array.isArray(value) && value.length === 0 ? null : value
}

function isSameSet(a: unknown, b: unknown): boolean {
  const [left, right] = [a, b].map((value) => new Set((Array.isArray(value) ? value : [value]).map((item) => plain(item)))) as [Set<string>, Set<string>]
  return left.size === right.size && [...left].every((item) => right.has(item))
}

function secondOf(value: unknown): number {
  return Math.floor(Date.parse(String(value)) / 1000)
}

const numeric = new Set<FieldType | undefined>(['money', 'number', 'integer'])

function toDecimal(value: unknown, type: FieldType | undefined): Decimal | undefined {
  if (typeof value === 'number') return new Decimal(value)
  const text = String(value).trim()
  return numeric.has(type) && /^-?\d+(\.\d+)?$/.test(text) ? new Decimal(text) : undefined
}

function plain(value: unknown): string {
  return String(value).replaceAll('\r\n', '\n').trim()
}

/** The values without these fields. */
export function without(values: RecordValues, kept: ReadonlySet<string>): RecordValues {
  const { custom, ...columns } = values
  const left: RecordValues = Object.fromEntries(
    Object.entries(columns).filter(([key]) => !kept.has(key) && !(key === 'organisation' && kept.has('organisation_id'))),
  )
  if (custom !== undefined) left.custom = Object.fromEntries(Object.entries(custom).filter(([key]) => !kept.has(`custom.${key}`)))
  return left
}
