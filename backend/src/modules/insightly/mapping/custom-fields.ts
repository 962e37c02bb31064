import { type CustomFieldDefinition, type CustomFieldType, type EntityName, entities } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import type { InsightlyRow } from '../client/records.ts'
import type { InsightlyFieldDefinition } from '../client/reference-records.ts'
import { standardCustomKeys } from './mapped-entities.ts'
import { clip, readDay, readFlag, readNumber, readRows, readText } from './remote-values.ts'

const longestKey = 60
const longestLabel = 200

/** Everything else is kept as the text that it is. */
const types: Readonly<Record<string, CustomFieldType>> = {
  BIT: 'boolean',
  DATE: 'date',
  NUMERIC: 'number',
  PERCENT: 'number',
  DROPDOWN: 'choice',
  MULTISELECT: 'multiChoice',
}

/**
 * A custom field of Insightly as one of ours.
 * @param taken keys that other fields of this kind of record have
 */
export function toCustomField(entity: EntityName, definition: InsightlyFieldDefinition, taken: ReadonlySet<string>): CustomFieldDefinition {
  const name = readText(definition.FIELD_NAME) ?? 'field'
  const type = types[(readText(definition.FIELD_TYPE) ?? '').toUpperCase()] ?? 'text'
  const options = type === 'choice' || type === 'multiChoice' ? (readRows(definition.CUSTOM_FIELD_OPTIONS) ?? []) : []
  const choices = new Set(options.flatMap((option) => readText(option.OPTION_VALUE) ?? []))
  return {
    entity,
    key: freeKey(keyOf(name), new Set([...taken, ...standardCustomKeys(entity)])),
    label: clip(readText(definition.FIELD_LABEL) ?? name, longestLabel),
    type,
    choices: [...choices],
  }
}

/** `Decision_Role__c` → `decision_role` */
function keyOf(fieldName: string): string {
  const words = fieldName.replace(/__c$/i, '').replace(/([a-z0-9])([A-Z])/g, '$1_$2')
  const key = fold(words)
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+/, '')
    .slice(0, longestKey)
    .replace(/_+$/, '')
  return key === '' ? 'field' : key
}

function freeKey(key: string, taken: ReadonlySet<string>): string {
  let free = key
  for (let place = 2; taken.has(free); place++) {
    const ending = `_${place}`
    free = `${key.slice(0, longestKey - ending.length).replace(/_+$/, '')}${ending}`
  }
  return free
}

/** The custom values of a row, under our keys; what is empty or does not fit its type is left out. */
export function readCustomFields(
  entity: EntityName,
  row: InsightlyRow,
  definitionOf: (entity: EntityName, fieldName: string) => CustomFieldDefinition | undefined,
): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const { FIELD_NAME: name, FIELD_VALUE: value } of readRows(row.CUSTOMFIELDS) ?? []) {
    if (typeof name !== 'string' || value === null || value === undefined || value === '') continue
    const definition = definitionOf(entity, name)
    const read = definition === undefined ? null : readCustomValue(definition, value)
    if (definition !== undefined && read !== null) values[definition.key] = read
  }
  return values
}

function readCustomValue({ type, choices }: CustomFieldDefinition, value: unknown): unknown {
  switch (type) {
    case 'boolean':
      return readFlag(value)
    case 'number':
      return readNumber(value)
    case 'date':
      return readDay(value)
    case 'choice':
      return asChoice(choices, typeof value === 'boolean' ? String(value) : readText(value))
    case 'multiChoice': {
      const chosen = (readText(value) ?? '').split(';').flatMap((part) => asChoice(choices, readText(part)) ?? [])
      return chosen.length === 0 ? null : [...new Set(chosen)]
    }
    default:
      return typeof value === 'boolean' ? String(value) : readText(value)
  }
}

/** A choice that has been taken off its list is still what the record says. */
function asChoice(choices: readonly string[], value: string | null): string | null {
  return value === null ? null : (choices.find((choice) => choice.toLowerCase() === value.toLowerCase()) ?? value)
}

/** Our value as Insightly takes it: several choices are joined with `;`. Undefined when it is none of the kinds there are. */
export function writeCustomValue(value: unknown): string | number | boolean | null | undefined {
  if (value === null || value === '') return null
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(String).join(';')
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined
}

/** How a person knows a field of ours: a column, or `custom.<key>`. */
export function labelOf(entity: EntityName, key: string, custom?: CustomFieldDefinition): string {
  if (custom !== undefined) return custom.label
  const { fields } = entities[entity]
  const field = Object.hasOwn(fields, key) ? fields[key] : Object.values(fields).find(({ column }) => column === key)
  return field?.label ?? key
}
