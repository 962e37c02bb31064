import { distance } from 'fastest-levenshtein'
import type { ErrorDetail } from '#backend/kernel/errors.ts'
import { type CustomFieldDefinition, type EntityName, entities, type FieldDefinition } from '#contracts/entities.ts'
import { parseValue } from './parse-value.ts'

/** Typed values by field name; references still as names, or already as ids under their column's name; custom fields under `custom`. */
export type RecordValues = Record<string, unknown> & { custom?: Record<string, unknown> }

export interface ParsedRecord {
  values: RecordValues
  errors: ErrorDetail[]
}

export interface ParseRecordOptions {
  customFields: readonly CustomFieldDefinition[]
  timeZone: string
  /** An update: only the given fields, none required. */
  partial?: boolean
}

/** Checks and types the fields of one record given under the import column names (plus `<reference>_id` and `custom` or `custom.<key>`). */
export function parseRecord(entity: EntityName, raw: Readonly<Record<string, unknown>>, options: ParseRecordOptions): ParsedRecord {
  const definition = entities[entity]
  const values: RecordValues = {}
  const errors: ErrorDetail[] = []
  for (const [key, given] of Object.entries(raw)) {
    if (given === undefined) continue
    if (key === 'custom' && typeof given === 'object' && given !== null && !Array.isArray(given)) {
      for (const [customKey, value] of Object.entries(given)) parseCustom(customKey, value)
      continue
    }
    if (key.startsWith('custom.')) {
      parseCustom(key.slice('custom.'.length), given)
      continue
    }
    if (key === 'related_external_id' && definition.fields.related_id !== undefined) {
      parseInto(key, { type: 'text', label: 'Related external id' }, given)
      continue
    }
    const field = Object.hasOwn(definition.fields, key) ? definition.fields[key] : undefined
    if (field === undefined) {
      if (isReferenceColumn(entity, key)) parseInto(key, { type: 'id', label: key }, given)
      else errors.push({ field: key, message: `${definition.labelPlural} have no field "${key}".${suggestion(key, Object.keys(definition.fields))}` })
    } else if (field.computed) errors.push({ field: key, message: `${field.label} is set by the system and cannot be written.` })
    else parseInto(key, key === 'related_type' ? { ...field, choices: undefined as never } : field, given)
  }
  normaliseRelatedType(values, errors)
  if (!options.partial && errors.length === 0) requireFields(entity, values, errors)
  return { values, errors }

  function parseInto(key: string, field: FieldDefinition, given: unknown): void {
    const parsed = parseValue(field.type, given, field, options)
    if ('problem' in parsed) errors.push({ field: key, message: `${field.label} ${parsed.problem}.` })
    else if (key === 'visibility' && parsed.value === null) errors.push({ field: key, message: `${field.label} must be one of ${field.choices?.join(', ')}.` })
    else values[key] = parsed.value
  }

  function parseCustom(key: string, given: unknown): void {
    const field = options.customFields.find((candidate) => candidate.entity === entity && candidate.key === key)
    if (field === undefined) {
      const known = options.customFields.filter((candidate) => candidate.entity === entity).map((candidate) => candidate.key)
      errors.push({ field: `custom.${key}`, message: `There is no custom field "${key}".${suggestion(key, known)}` })
      return
    }
    // A custom text may be a whole page of notes.
    const parsed = parseValue(field.type === 'text' ? 'longText' : field.type, given, field, options)
    if ('problem' in parsed) errors.push({ field: `custom.${key}`, message: `${field.label} ${parsed.problem}.` })
    else {
      values.custom ??= {}
      values.custom[key] = parsed.value
    }
  }
}

function isReferenceColumn(entity: EntityName, key: string): boolean {
  return Object.values(entities[entity].fields).some((field) => field.type === 'reference' && field.column === key)
}

function suggestion(key: string, known: readonly string[]): string {
  const nearest = known.map((name) => ({ name, edits: distance(name, key) })).sort((a, b) => a.edits - b.edits)[0]
  return nearest !== undefined && nearest.edits <= Math.max(2, key.length / 3) ? ` Did you mean "${nearest.name}"?` : ''
}

/** Accepts "Contacts" for "contact"; the stored form is the singular. */
function normaliseRelatedType(values: RecordValues, errors: ErrorDetail[]): void {
  const given = values.related_type
  if (typeof given !== 'string') return
  const wanted = given.toLowerCase()
  const target = Object.values(entities).find((entity) => entity.name === wanted || entity.singular === wanted)
  const allowed = entities.tasks.fields.related_type?.choices ?? []
  if (target !== undefined && allowed.includes(target.singular)) values.related_type = target.singular
  else errors.push({ field: 'related_type', message: `Related type "${given}" is not one of ${allowed.join(', ')}.` })
}

/** Adds an error when these values do not make a record. */
export function requireFields(entity: EntityName, values: RecordValues, errors: ErrorDetail[]): void {
  const { requiredAny, fields } = entities[entity]
  // What a record refers to may be given by its id.
  const filled = (key: string) => [values[key], values[fields[key]?.column ?? key]].some((value) => value !== undefined && value !== null && value !== '')
  if (requiredAny.length === 0 || requiredAny.some((group) => group.every(filled))) return
  const missing = requiredAny.length === 1 ? (requiredAny[0]?.filter((key) => !filled(key)) ?? []) : requiredAny.flat()
  const labels = missing.map((key) => fields[key]?.label ?? key)
  const first = missing[0] as string
  errors.push({ field: first, message: requiredAny.length === 1 ? `${labels.join(' and ')} must be given.` : `One of ${labels.join(', ')} must be given.` })
}
