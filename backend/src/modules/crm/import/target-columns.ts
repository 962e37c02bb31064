import { type CustomFieldDefinition, customFieldEntities, type EntityName, entities, type FieldType, importColumns } from '#contracts/entities.ts'

/** A column that a heading may be mapped to. */
export interface TargetColumn {
  key: string
  label: string
  required: boolean
  type: FieldType
}

/** A full name in one cell, divided into first and last name; only in files. */
export const fullNameColumn = 'name'
/** The record's own id, as our exports carry it. */
export const idColumn = 'id'

const requiredGroups: Partial<Record<EntityName, readonly (readonly string[])[]>> = {
  contacts: [['last_name'], ['first_name'], ['email'], [fullNameColumn]],
  leads: [['last_name'], ['first_name'], ['email'], [fullNameColumn]],
}

const lineTypes: Record<string, FieldType> = { sku: 'text', description: 'text', quantity: 'number', unit_price: 'money' }

export function hasCustomFields(entity: EntityName): boolean {
  return customFieldEntities.includes(entity)
}

function required(entity: EntityName): readonly (readonly string[])[] {
  return requiredGroups[entity] ?? entities[entity].requiredAny
}

/** Every column of the entity: canonical ones first, in canonical order, then the workspace's own. */
export function targetColumns(entity: EntityName, customFields: readonly CustomFieldDefinition[]): TargetColumn[] {
  const { fields } = entities[entity]
  const needed = new Set(required(entity).length === 1 ? required(entity)[0] : [])
  const labels: Record<string, string> = {
    related_external_id: 'Related external id',
    sku: 'SKU',
    description: 'Description',
    quantity: 'Quantity',
    unit_price: 'Unit price',
  }
  const columns = importColumns(entity).map(
    (key): TargetColumn => ({
      key,
      label: fields[key]?.label ?? labels[key] ?? key,
      required: needed.has(key),
      type: fields[key]?.type ?? (entity === 'orders' ? lineTypes[key] : undefined) ?? 'text',
    }),
  )
  if (requiredGroups[entity] !== undefined) columns.push({ key: fullNameColumn, label: 'Full name', required: false, type: 'text' })
  columns.push({ key: idColumn, label: 'ChatSG id', required: false, type: 'id' })
  for (const field of customFields) {
    if (field.entity === entity) columns.push({ key: `custom.${field.key}`, label: field.label, required: false, type: field.type })
  }
  return columns
}

/** What a file with these columns lacks, in words; undefined when it can be imported. */
export function missingColumns(entity: EntityName, mapped: ReadonlySet<string>, headings: readonly string[]): string | undefined {
  const groups = required(entity)
  if (groups.some((group) => group.every((key) => mapped.has(key)))) return undefined
  if (mapped.size > 1 && (mapped.has(idColumn) || (mapped.has('external_id') && entity !== 'orders'))) return undefined
  const missing = groups.length === 1 ? (groups[0] ?? []).filter((key) => !mapped.has(key)) : groups.map((group) => group.join(' and '))
  const found =
    headings.length === 0
      ? 'no headings'
      : `the headings ${headings
          .slice(0, 12)
          .map((heading) => `"${heading.slice(0, 40)}"`)
          .join(', ')}${headings.length > 12 ? ` and ${headings.length - 12} more` : ''}`
  const needs = groups.length === 1 ? `the column${missing.length > 1 ? 's' : ''} ${list(missing, 'and')}` : `one of the columns ${list(missing, 'or')}`
  return `${entities[entity].labelPlural} need ${needs}, but the file has ${found}. Rename a heading or choose a mapping.`
}

function list(words: readonly string[], conjunction: string): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`
}

/** Key of a custom field for a heading: "Follow-up by" → `follow_up_by`. */
export function customKeyOf(heading: string, fold: (text: string) => string): string | undefined {
  const key = fold(heading)
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 60)
    .replace(/_+$/, '')
  return key === '' ? undefined : key
}
