import type { RecordValues } from '#backend/modules/crm/index.ts'
import { type CustomFieldDefinition, customFieldEntities } from '#contracts/entities.ts'
import type { InsightlyRow } from '../client/records.ts'
import { readCustomFields } from './custom-fields.ts'
import { derivedValues } from './derived-values.ts'
import { idOf, mappedFields, taggedEntities } from './mapped-entities.ts'
import type { MappedField } from './mapped-field.ts'
import type { Lookup, MirroredEntity, MirroredRecord } from './mapping.types.ts'
import { clip, readAmount, readCurrency, readDay, readFlag, readId, readInstant, readNumber, readRows, readShortText, readText } from './remote-values.ts'

const longestTag = 255
/** From so many characters on a field holds prose, of which nobody keeps an index. */
const prose = 1000

/** A row of Insightly as a record of ours. Whatever the row holds, it is read as far as it can be. */
export function toRecord(entity: MirroredEntity, row: InsightlyRow, lookup: Lookup): MirroredRecord {
  const insightlyId = idOf(entity, row)
  const values: RecordValues = { external_id: String(insightlyId) }
  const custom: Record<string, unknown> = customFieldEntities.includes(entity) ? readCustomFields(entity, row, lookup.customField) : {}
  const extraFields: CustomFieldDefinition[] = []
  for (const field of mappedFields[entity]) {
    const value = readField(field, row, lookup)
    if (field.custom === undefined) values[field.key] = value ?? field.standIn ?? field.assumed ?? null
    else if (value !== null) {
      custom[field.key] = value
      extraFields.push(field.custom)
    }
  }
  if (customFieldEntities.includes(entity)) values.custom = custom
  if (taggedEntities.includes(entity)) values.tags = tagsOf(row)
  const created = readInstant(row.DATE_CREATED_UTC)
  const remoteUpdatedAt = readInstant(row.DATE_UPDATED_UTC)
  // A record always has these times: those that Insightly does not tell are not told here either.
  values.created_at = created ?? undefined
  values.updated_at = remoteUpdatedAt ?? created ?? undefined
  const links = derivedValues(entity, row, values, lookup)
  return { insightlyId, remoteUpdatedAt, values, extraFields, links }
}

/** The first of its fields there that is filled in; null for none. */
function readField(field: MappedField, row: InsightlyRow, lookup: Lookup): unknown {
  for (const remote of field.reads) {
    const value = row[remote]
    if (value === null || value === undefined || value === '' || (field.blank !== undefined && value === field.blank)) continue
    const read = readValue(field, value, lookup)
    if (read !== null) return read
  }
  return null
}

function readValue({ kind, custom }: MappedField, value: unknown, lookup: Lookup): unknown {
  switch (kind.type) {
    case 'text': {
      const text = readText(value)
      // What is longer than Insightly says it can be would not fit into an index.
      return text !== null && kind.max !== undefined && kind.max < prose && text.length > kind.max ? clip(text, kind.max) : text
    }
    case 'amount':
      return readAmount(value)
    case 'decimal':
      return readNumber(value)
    case 'number': {
      const number = readNumber(value, kind)
      return Number.isInteger(number) ? number : null
    }
    case 'flag':
      // Of a field without a column of its own, "no" is what nothing means.
      return custom !== undefined && readFlag(value) === false ? null : readFlag(value)
    case 'day':
      return readDay(value)
    case 'instant':
      return readInstant(value)
    case 'currency':
      return readCurrency(value)
    case 'words':
      return kind.words.read(value)
    case 'reference':
    case 'listed': {
      const id = readId(value)
      if (id === undefined) return null
      return (kind.type === 'reference' ? lookup.record(kind.entity, id) : lookup.listName(kind.list, id)) ?? null
    }
  }
}

/** Undefined when Insightly did not tell, as of a brief list. */
function tagsOf(row: InsightlyRow): string[] | undefined {
  const rows = readRows(row.TAGS)
  if (rows === undefined) return undefined
  const tags = new Map<string, string>()
  for (const { TAG_NAME: name } of rows) {
    const tag = readShortText(name, longestTag)
    if (tag !== null && !tags.has(tag.toLowerCase())) tags.set(tag.toLowerCase(), tag)
  }
  return [...tags.values()]
}
