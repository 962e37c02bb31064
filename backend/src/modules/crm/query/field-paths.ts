import { type CustomFieldDefinition, type EntityDefinition, type EntityName, entities, type FieldDefinition, type FieldType } from '#contracts/entities.ts'
import { type TimePart, timePartFields } from '#contracts/query.ts'

/** A field as a query names it: the references walked to reach it, and the field itself. */
export interface FieldInfo {
  path: string
  /** References walked, outermost first. */
  steps: readonly ReferenceStep[]
  /** The entity that holds the field. */
  entity: EntityDefinition
  definition: FieldDefinition
  type: FieldType
  /** Sentence-case words for people: "Organisation state". */
  label: string
  /** Database column; for a reference, that of its id. */
  column: string
  /** Set when the value is in the record's custom fields. */
  customKey?: string
  /** Set when only this part of a date or time is meant. */
  part?: TimePart
}

export interface ReferenceStep {
  name: string
  column: string
  target: EntityDefinition
}

const longestPath = 4
const customTypes: Record<CustomFieldDefinition['type'], FieldType> = {
  text: 'text',
  number: 'number',
  date: 'date',
  boolean: 'boolean',
  choice: 'choice',
  multiChoice: 'multiChoice',
}

function referenceTarget(field: FieldDefinition | undefined): EntityDefinition | undefined {
  return field?.type === 'reference' && field.entity !== undefined ? entities[field.entity] : undefined
}

function ownField(entity: EntityDefinition, name: string): FieldDefinition | undefined {
  return Object.hasOwn(entity.fields, name) ? entity.fields[name] : undefined
}

/** The id column of a reference is a field too, as it is in result rows: `owner_id` beside `owner`. */
function referenceIdField(entity: EntityDefinition, name: string): FieldDefinition | undefined {
  const reference = Object.values(entity.fields).find((field) => field.type === 'reference' && field.column === name && field.display === undefined)
  return reference && { type: 'id', label: `${reference.label} id`, column: name }
}

function joined(labels: readonly string[], last: string): string {
  return labels.length === 0 ? last : [labels[0], ...labels.slice(1).map((label) => label.toLowerCase()), last.toLowerCase()].join(' ')
}

/** "Created weekday": a part of the date or time that a path names. */
function partOf(info: FieldInfo, name: string | undefined): FieldInfo | undefined {
  const part = name !== undefined && Object.hasOwn(timePartFields, name) ? (name as TimePart) : undefined
  if (part === undefined || !timeTypes.has(info.type) || (part === 'hour' && info.type === 'date')) return undefined
  const definition: FieldDefinition = { type: timePartFields[part].type, label: `${info.label} ${timePartFields[part].label}`, column: info.column }
  return { ...info, part, definition, type: definition.type, label: definition.label }
}

/** The type of the date or time itself that a part is taken of. */
export function wholeType({ customKey, entity, path, type, steps }: FieldInfo): FieldType {
  if (customKey !== undefined) return 'date'
  return entity.fields[path.split('.')[steps.length] ?? '']?.type ?? type
}

/** Finds what a path names, or undefined when there is no such field. */
export function resolveFieldPath(entityName: EntityName, path: string, customFields: readonly CustomFieldDefinition[]): FieldInfo | undefined {
  const segments = path.split('.')
  const steps: ReferenceStep[] = []
  const labels: string[] = []
  let entity = entities[entityName]
  for (let index = 0; index < segments.length && index < longestPath; index++) {
    const name = segments[index] as string
    const rest = segments.length - index - 1
    if (name === 'custom' && (rest === 1 || rest === 2)) {
      const key = segments[index + 1] as string
      const custom = customFields.find((field) => field.entity === entity.name && field.key === key)
      if (custom === undefined) return undefined
      const definition: FieldDefinition = { type: customTypes[custom.type], label: custom.label }
      const info: FieldInfo = {
        path,
        steps,
        entity,
        definition,
        type: definition.type,
        label: joined(labels, custom.label),
        column: 'custom',
        customKey: key,
      }
      return rest === 1 ? info : partOf(info, segments[index + 2])
    }
    const definition = ownField(entity, name) ?? referenceIdField(entity, name)
    if (definition === undefined) return undefined
    const column = definition.column ?? name
    const info: FieldInfo = { path, steps, entity, definition, type: definition.type, label: joined(labels, definition.label), column }
    if (rest === 0) return info
    if (rest === 1 && timeTypes.has(definition.type)) return partOf(info, segments[index + 1])
    const target = referenceTarget(definition)
    if (target === undefined) return undefined
    steps.push({ name, column, target })
    labels.push(definition.label)
    entity = target
  }
  return undefined
}

/** The type of the field a path names, or undefined when there is no such field. */
export function fieldType(entity: EntityName, path: string, customFields: readonly CustomFieldDefinition[] = []): FieldType | undefined {
  return resolveFieldPath(entity, path, customFields)?.type
}

export const moneyTypes: ReadonlySet<FieldType> = new Set(['money'])
export const numberTypes: ReadonlySet<FieldType> = new Set(['integer', 'number', 'money'])
export const timeTypes: ReadonlySet<FieldType> = new Set(['date', 'datetime'])
export const listTypes: ReadonlySet<FieldType> = new Set(['tags', 'list', 'multiChoice'])
export const textTypes: ReadonlySet<FieldType> = new Set(['text', 'longText', 'email', 'currency', 'choice', 'reference', 'phone'])
