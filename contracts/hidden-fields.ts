/** Fields that roles of a workspace do not see, over HTTP. */
import { z } from 'zod'
import { confidentialFieldSchema } from './confidential.ts'
import { type EntityName, entities } from './entities.ts'

/** Owners and admins look after the workspace, so nothing is hidden from them. */
export const restrictableRoles = ['manager', 'rep', 'viewer'] as const
export type RestrictableRole = (typeof restrictableRoles)[number]

export const hiddenFieldSchema = confidentialFieldSchema.extend({
  roles: z.array(z.enum(restrictableRoles)).min(1).max(3).describe('Who does not see it'),
})
export type HiddenField = z.infer<typeof hiddenFieldSchema>

/** `GET` and `PUT /api/settings/hidden-fields`. Members are told what is hidden from them, owners and admins everything. */
export const hiddenFieldsSchema = z.strictObject({ fields: z.array(hiddenFieldSchema).max(500) })
export type HiddenFields = z.infer<typeof hiddenFieldsSchema>

/** Records of which fields can be hidden. */
export const hidableEntities = [
  'organisations',
  'contacts',
  'leads',
  'opportunities',
  'products',
  'orders',
  'order_lines',
  'quotes',
  'quote_lines',
  'tasks',
  'events',
  'notes',
  'emails',
] as const satisfies readonly EntityName[]

/** What names a record, ties it to others, says who sees it and when it was, or what its amounts are in, everybody needs. */
const neverHidden = new Set(['first_name', 'last_name', 'visibility', 'related_type', 'created_at', 'updated_at', 'state'])
const neededTypes = new Set(['id', 'reference', 'currency', 'tags'])

/** Why a field of a kind of record cannot be hidden; undefined where it can. */
export function whyNotHidden(entity: EntityName, field: string): string | undefined {
  const { labelPlural, fields, labelField, requiredAny, defaultTime } = entities[entity]
  if (!(hidableEntities as readonly EntityName[]).includes(entity)) return `Fields of ${labelPlural.toLowerCase()} cannot be hidden.`
  if (field.startsWith('custom.')) return undefined
  const definition = fields[field]
  const required = requiredAny.length === 1 && requiredAny[0]?.includes(field) === true
  if (definition === undefined) return `${labelPlural} have no field "${field}".`
  if (neverHidden.has(field) && !(field === 'state' && entity !== 'opportunities'))
    return `${definition.label} of ${labelPlural.toLowerCase()} cannot be hidden: everybody needs it to work with them.`
  if (field === labelField || required || field === defaultTime || neededTypes.has(definition.type))
    return `${definition.label} of ${labelPlural.toLowerCase()} cannot be hidden: it says what a record is, or ties it to others.`
  return undefined
}

/** Amounts of which one can be reckoned from the others: whoever hides one hides them all. */
const reckonings: readonly (readonly string[])[] = [
  ['orders.total', 'order_lines.amount', 'order_lines.unit_price'],
  ['quotes.total', 'quotes.subtotal', 'quote_lines.total', 'quote_lines.subtotal', 'quote_lines.unit_price', 'quote_lines.list_price'],
]

/** The same with what each could be reckoned from, each field once. */
export function withReckonings(hidden: readonly HiddenField[]): HiddenField[] {
  const roles = new Map<string, Set<RestrictableRole>>()
  for (const { entity, field, roles: from } of hidden) {
    const path = `${entity}.${field}`
    for (const each of reckonings.find((together) => together.includes(path)) ?? [path]) roles.set(each, new Set([...(roles.get(each) ?? []), ...from]))
  }
  return [...roles].map(([path, from]) => {
    const dot = path.indexOf('.')
    return { entity: path.slice(0, dot) as EntityName, field: path.slice(dot + 1), roles: restrictableRoles.filter((role) => from.has(role)) }
  })
}

/** Whether two fields are hidden together. */
export function isReckonedWith(one: { entity: string; field: string }, other: { entity: string; field: string }): boolean {
  const paths = [`${one.entity}.${one.field}`, `${other.entity}.${other.field}`]
  return paths[0] === paths[1] || reckonings.some((together) => paths.every((path) => together.includes(path)))
}
