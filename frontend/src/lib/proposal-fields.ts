import type { Proposal } from '#contracts/approvals.ts'
import { type EntityDefinition, type EntityName, entities, entityBySingular, type FieldType } from '#contracts/entities.ts'

/** One field as it is now and as it would be. */
export interface ChangedField {
  key: string
  label: string
  type: FieldType
  before: unknown
  after: unknown
}

/** A field of the request that may be put right before it is approved. */
export interface EditableField {
  /** Where it stands in the request. */
  path: readonly string[]
  label: string
  type: FieldType
  choices: readonly string[] | undefined
  value: unknown
}

/** What the database keeps for itself. */
const hidden = new Set(['id', 'created_at', 'updated_at', 'deleted_at', 'external_id', 'workspace_id', 'search', 'position'])
const longTexts = new Set(['body', 'text', 'description', 'question'])

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
/** Nothing that could be shown. */
export const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (typeof value === 'object' && Object.keys(value).length === 0)
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** A workspace's own fields stand beside the others. */
function flat(record: Record<string, unknown> | null): Record<string, unknown> | null {
  if (record === null || !isObject(record.custom)) return record
  return { ...record, ...Object.fromEntries(Object.entries(record.custom).map(([key, value]) => [`custom.${key}`, value])) }
}

function sentence(key: string): string {
  const words = key
    .replace(/^custom\./, '')
    .replaceAll(/[_.]/g, ' ')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
  return (words[0]?.toUpperCase() ?? '') + words.slice(1).toLowerCase()
}

function entityNamed(name: string | null): EntityDefinition | undefined {
  if (name === null) return undefined
  return Object.hasOwn(entities, name) ? entities[name as EntityName] : entityBySingular(name)
}

function definitionOf(entity: string | null, key: string) {
  const field = entityNamed(entity)?.fields[key]
  const type: FieldType = field?.type ?? (longTexts.has(key) ? 'longText' : 'text')
  return { label: key === 'related_id' ? 'About' : (field?.label ?? sentence(key)), type, choices: field?.choices }
}

/** The fields a person looks at, in the order in which the kind of record names them. */
export function changedFields({ entity, before: was, after: would, changes }: Proposal): ChangedField[] {
  const before = flat(was)
  const after = flat(would)
  const order = Object.keys(entityNamed(entity)?.fields ?? {})
  const rank = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length)
  const named = changes.length > 0 ? changes : Object.keys(before ?? after ?? {})
  const own = Object.keys({ ...before, ...after }).filter((key) => key.startsWith('custom.') && !isSame(before?.[key], after?.[key]))
  const keys = [...new Set([...named.filter((key) => key !== 'custom'), ...own])]
  const all = new Set(keys)
  return keys
    .filter((key) => key !== 'related_type' || !all.has('related_id'))
    .filter((key) => !hidden.has(key) && entityNamed(entity)?.fields[key]?.computed !== true && !(key.endsWith('_id') && all.has(key.slice(0, -3))))
    .map((key) => ({ key, ...definitionOf(entity, key), before: before?.[key], after: after?.[key] }))
    .filter((field) => !isEmpty(field.before) || !isEmpty(field.after))
    .toSorted((a, b) => rank(a.key) - rank(b.key))
}

/** Parts of a request that say what it is about, not what it says. */
const fixed = new Set(['entity', 'id', 'keepId', 'mergeIds', 'emailId', 'relatedEntity', 'relatedId', 'format', 'createMissing', 'timeZone'])

function isPlain(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value) || (Array.isArray(value) && value.every((one) => typeof one === 'string'))
}

/** What may be put right before approving: the values of a record, the words of a mail. */
export function editableFields({ tool, entity, input }: Proposal): EditableField[] {
  if (tool === 'imports.run' || tool === 'records.merge') return []
  const { values } = input
  const own = Object.entries(input)
    .filter(([key, value]) => key !== 'values' && !fixed.has(key) && isPlain(value))
    .map(([key, value]) => ({ path: [key], ...definitionOf(null, key), value }))
  if (typeof values !== 'object' || values === null) return own
  const ofRecord = Object.entries(values)
    .filter(([, value]) => isPlain(value))
    .map(([key, value]) => ({ path: ['values', key], ...definitionOf(entity, key), value }))
  return [...ofRecord, ...own]
}

/** The request with one of its fields replaced. */
export function withField(input: Record<string, unknown>, [key, ...rest]: readonly string[], value: unknown): Record<string, unknown> {
  if (key === undefined) return input
  const inner = input[key]
  if (rest.length === 0) return { ...input, [key]: value }
  return { ...input, [key]: withField(typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {}, rest, value) }
}
