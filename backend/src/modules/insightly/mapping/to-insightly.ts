import { type EntityName, entities } from '#contracts/entities.ts'
import type { InsightlyRow } from '../client/records.ts'
import { labelOf, writeCustomValue } from './custom-fields.ts'
import { mappedFields, taggedEntities } from './mapped-entities.ts'
import type { MappedField } from './mapped-field.ts'
import type { MirroredEntity, OutgoingLookup, OutgoingWrite } from './mapping.types.ts'
import { isEmpty, type Outgoing, unfit } from './outgoing.ts'
import { outgoingParts } from './outgoing-parts.ts'
import { nameOf, withinLimit, writeValue } from './write-value.ts'

const longestTag = 255

export interface OutgoingOptions {
  /** The whole record is to be made there; else these columns were changed. */
  isNew: boolean
  /** The record as it is there, where somebody has looked: some changes depend on it. */
  row?: InsightlyRow | undefined
}

/**
 * A record of ours, or the columns of it that were changed, as what Insightly is to be sent. Of `custom` the keys that are given are written;
 * one that was emptied is given as null. Of what it is about, `related_type` and `related_id` are given together.
 * @throws AppError VALIDATION when Insightly would refuse it
 */
export function toInsightly(
  entity: MirroredEntity,
  values: Readonly<Record<string, unknown>>,
  lookup: OutgoingLookup,
  { isNew, row }: OutgoingOptions,
): OutgoingWrite {
  const write: OutgoingWrite = { fields: {}, customFields: [], keptHere: [], waitsFor: [] }
  const outgoing: Outgoing = { entity, values, isNew, row, lookup, write }
  const custom = (values.custom ?? {}) as Readonly<Record<string, unknown>>
  const emptied: MappedField[] = []
  const own = new Map<string, MappedField>()
  for (const field of mappedFields[entity]) {
    if (field.custom !== undefined) own.set(field.key, field)
    if (field.writes === null) continue
    const value = field.custom === undefined ? values[field.key] : custom[field.key]
    if ((value === undefined && !(isNew && field.blank !== undefined)) || (field.standIn !== undefined && value === field.standIn)) continue
    if (!isEmpty(value)) set(write.fields, field.writes, writeValue(outgoing, field, value))
    else if (field.blank !== undefined) write.fields[field.writes] = field.blank
    else if (!isNew && field.isRequired) emptied.push(field)
    else if (!isNew) write.fields[field.writes] = field.kind.type === 'flag' ? false : null
  }
  for (const key of Object.keys(custom)) if (!own.has(key)) writeCustom(outgoing, key, custom[key])
  writeTags(outgoing)
  outgoingParts[entity]?.(outgoing)
  requireFields(outgoing, emptied)
  for (const key of Object.keys(values)) if (staysHere(outgoing, key)) write.keptHere.push(key)
  return write
}

function set(fields: Record<string, unknown>, name: string, value: unknown): void {
  if (value !== undefined) fields[name] = value
}

function writeCustom({ entity, isNew, lookup, write }: Outgoing, key: string, value: unknown): void {
  if (isNew && isEmpty(value)) return
  const name = lookup.fieldName(entity, key)
  const written = writeCustomValue(value)
  if (name === undefined || written === undefined) write.keptHere.push(`custom.${key}`)
  else write.customFields.push({ FIELD_NAME: name, FIELD_VALUE: written })
}

function writeTags({ entity, isNew, values: { tags }, write }: Outgoing): void {
  if (!taggedEntities.includes(entity) || !Array.isArray(tags) || (isNew && tags.length === 0)) return
  write.tags = tags.map((tag) => withinLimit('tags', `The tag "${String(tag).slice(0, 40)}…"`, String(tag), longestTag))
}

/** What Insightly requires and the record does not have: said before the call, with the way out. */
function requireFields({ entity, isNew, write: { fields } }: Outgoing, emptied: readonly MappedField[]): void {
  // Insightly has a default for what is chosen from a list.
  const required = isNew ? mappedFields[entity].filter(({ isRequired, kind }) => isRequired && kind.type !== 'listed') : emptied
  for (const field of required) {
    if (field.writes === null || fields[field.writes] !== undefined) continue
    const label = labelOf(entity, field.key, field.custom)
    throw unfit(nameOf(field), `In Insightly every ${entities[entity].singular} has a value for "${label}". Fill it in, then try again.`)
  }
}

/** Columns that have a way there of their own, by kind of record. */
const ownWays: Partial<Record<EntityName, readonly string[]>> = {
  organisations: ['domain'],
  opportunities: ['state', 'value', 'pipeline_id', 'stage_id', 'contact_id'],
  tasks: ['related_type', 'related_id'],
  events: ['related_type', 'related_id'],
  notes: ['related_type', 'related_id'],
}
/** What we or Insightly keep by themselves. */
const keptByItself = ['id', 'external_id', 'created_at', 'updated_at', 'stage_changed_at', 'completed_at', 'converted_at']

/** Whether it is a column of a person's that Insightly has no place for. */
function staysHere({ entity, isNew, values }: Outgoing, key: string): boolean {
  const value = values[key]
  if (value === undefined || (isNew && isEmpty(value)) || keptByItself.includes(key)) return false
  if (mappedFields[entity].some((field) => field.key === key && field.custom === undefined && field.writes !== null)) return false
  if (ownWays[entity]?.includes(key) || key === 'custom') return false
  if (key === 'tags' && taggedEntities.includes(entity)) return false
  if (key === 'visibility') return value !== 'everyone'
  const { fields } = entities[entity]
  if (Object.hasOwn(fields, key)) return fields[key]?.type !== 'reference' && fields[key]?.computed !== true
  return Object.values(fields).some(({ type, column }) => type === 'reference' && column === key)
}
