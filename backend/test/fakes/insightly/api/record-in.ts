import { type Entity, entityNamed } from '../entities.ts'
import type { Field } from '../fields/notation.ts'
import { isRow, type Row, type Value } from '../json.ts'
import { listOf } from '../store/row-reader.ts'
import type { Api } from './call.ts'
import { readEnumeration } from './enumerations.ts'
import { readCustomFields, readDates, readEmailDomains, readTags } from './nested-in.ts'
import { badRequest } from './refusal.ts'
import { readScalar } from './values-in.ts'

/** Kept by the server, whatever the spec's body model allows. */
const serverFields = ['DATE_CREATED_UTC', 'DATE_UPDATED_UTC', 'CREATED_USER_ID']

/** What the spec requires, and yet creating is known to work without: the server has a default. */
const defaulted = ['Leads.LEAD_SOURCE_ID', 'Leads.LEAD_STATUS_ID']

const references: Readonly<Record<string, string>> = {
  ORGANISATION_ID: 'Organisations',
  OPPORTUNITY_ID: 'Opportunities',
  PROJECT_ID: 'Projects',
  CONTACT_ID: 'Contacts',
  MILESTONE_ID: 'Milestones',
  PARENT_TASK_ID: 'Tasks',
  OWNER_USER_ID: 'Users',
  RESPONSIBLE_USER_ID: 'Users',
  MEMBER_USER_ID: 'Users',
  LEAD_STATUS_ID: 'LeadStatuses',
  LEAD_SOURCE_ID: 'LeadSources',
  PRICEBOOK_ID: 'Pricebook',
  PRICEBOOK_ENTRY_ID: 'PricebookEntry',
  PRODUCT_ID: 'Product',
  TEAM_ID: 'Teams',
}

/** The body of a write as an object with upper-case names. */
export function readObject(body: unknown): ReadonlyMap<string, unknown> {
  if (!isRow(body)) throw badRequest('The request body must be a JSON object.')
  return new Map(Object.entries(body).map(([name, value]) => [name.toUpperCase(), value]))
}

export interface WriteRules {
  /** Fields that are read-only for a collection's own writes, and are given here by the path. */
  writable?: readonly string[]
  /** Fields that may be left out although the spec requires them. */
  optional?: readonly string[]
}

/** The fields of a body that may be written, checked. Read-only and unknown ones are without effect. */
export function readFields(api: Api, entity: Entity, body: ReadonlyMap<string, unknown>, before: Row | undefined, rules: WriteRules = {}): Row {
  const values: Row = {}
  for (const field of entity.fields) {
    if (field.name === entity.idField || serverFields.includes(field.name)) continue
    if (field.readOnly && rules.writable?.includes(field.name) !== true) continue
    const isOptional = rules.optional?.includes(field.name) === true || defaulted.includes(`${entity.name}.${field.name}`)
    const sent = body.get(field.name)
    if (sent === undefined) {
      if (field.required && before === undefined && !isOptional) throw badRequest(`The ${field.name} field is required.`)
      continue
    }
    const value = readField(api, entity, field, sent, before)
    if (field.required && (value === null || value === '')) throw badRequest(`The ${field.name} field is required.`)
    values[field.name] = value
  }
  return values
}

function readField(api: Api, entity: Entity, field: Field, sent: unknown, before: Row | undefined): Value {
  const id = Number(before?.[entity.idField] ?? 0)
  if (field.kind === 'Tag[]') return readTags(sent)
  if (field.kind === 'CustomField[]') return readCustomFields(entity, sent, listOf(before?.CUSTOMFIELDS), api.settings)
  if (field.kind === 'Date[]') return readDates(sent, id)
  if (field.kind === 'EmailDomain[]') return readEmailDomains(sent, id)
  const value = readEnumeration(entity.name, field.name, readScalar(field, sent))
  const target = field.name === 'CATEGORY_ID' ? categoryOf(entity) : references[field.name]
  if (target === undefined || value === null) return value
  if (value === 0) return null
  if (!api.store.collection(entityNamed(target)).has(Number(value))) throw badRequest(`The ${field.name} ${String(value)} does not exist.`)
  return value
}

function categoryOf(entity: Entity): string | undefined {
  if (entity.name === 'Opportunities') return 'OpportunityCategories'
  return entity.name === 'Tasks' ? 'TaskCategories' : undefined
}
