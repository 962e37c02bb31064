import { countriesByWeight } from '../../../../seeds/demo/names/places.ts'
import { emailTags } from '../data/activity-rows.ts'
import { customFieldRow, customFields } from '../data/custom-fields.ts'
import { opportunityTags, organisationTags, projectTags } from '../data/deal-rows.ts'
import { contactTags, leadTags } from '../data/people-rows.ts'
import { type Entity, entities, entityNamed, findByObjectName, findEntity } from '../entities.ts'
import { listOf } from '../store/row-reader.ts'
import type { Answer, Api, Call, Resource } from './call.ts'
import { badRequest, notFound } from './refusal.ts'

/** Paths that are no collection of records; undefined for any other. */
export function referenceResource(api: Api, segments: readonly string[]): Resource | undefined {
  const [first = '', second, third] = segments.map((segment) => segment.toLowerCase())
  if (first === 'customfields' && second !== undefined) {
    if (segments.length === 2) return { get: () => ({ status: 200, body: definitionsOf(second) }) }
    if (segments.length === 3 && third === 'search') return { get: (call) => findDefinition(second, call) }
  }
  if (segments.length !== 1) return undefined
  if (first === 'permissions') return { get: (call) => ({ status: 200, body: permissions(api, call) }) }
  if (first === 'tags') return { get: (call) => listTags(api, call) }
  if (first === 'instance') return { get: () => ({ status: 200, body: instance(api) }) }
  if (first === 'currencies') return { get: () => ({ status: 200, body: currencies }) }
  if (first === 'countries') return { get: () => ({ status: 200, body: countriesByWeight.map(([{ name }]) => ({ COUNTRY_NAME: name })) }) }
  return undefined
}

const currencies = [
  { CURRENCY_CODE: 'EUR', CURRENCY_SYMBOL: '€' },
  { CURRENCY_CODE: 'GBP', CURRENCY_SYMBOL: '£' },
  { CURRENCY_CODE: 'USD', CURRENCY_SYMBOL: '$' },
]

/** Of one object, by its singular or plural; of all for a name that is none. */
function definitionsOf(object: string) {
  const entity = findByObjectName(object)
  return customFields.filter((field) => entity === undefined || field.object === entity.singular.toUpperCase()).map(customFieldRow)
}

function findDefinition(object: string, { query }: Call): Answer {
  const name = query.get('fieldname') ?? query.get('field_name')
  if (name === undefined) throw badRequest('The fieldName parameter is required.')
  const found = definitionsOf(object).find((row) => row.FIELD_NAME === name)
  if (found === undefined) throw notFound(`Custom field ${name}`)
  return { status: 200, body: found }
}

function permissions(api: Api, { userId }: Call) {
  const user = api.store.collection(entityNamed('Users')).find(userId)
  const can = user?.ACTIVE === true
  return entities
    .filter(({ children }) => children.length > 0)
    .map(({ singular, collection, record }) => ({
      OBJECT_NAME: singular,
      CAN_READ: can,
      CAN_CREATE: can && (collection.includes('POST') || singular === 'Note'),
      CAN_EDIT: can && collection.includes('PUT'),
      CAN_DELETE: can && record.includes('DELETE'),
    }))
}

function instance(api: Api) {
  return {
    INSTANCE_NAME: 'Northlight Sensing',
    INSTANCE_SUBDOMAIN: 'northlight',
    PLAN_NAME: api.settings.plan === 'enterprise' ? 'Enterprise' : 'Professional',
    NEW_USER_EXPERIENCE_ENABLED: true,
  }
}

const startingTags: Readonly<Record<string, readonly string[]>> = {
  contacts: contactTags,
  organisations: organisationTags,
  leads: leadTags,
  opportunities: opportunityTags,
  projects: projectTags,
  emails: emailTags,
}

/** Tags that at least one record has. */
async function listTags(api: Api, { query }: Call): Promise<Answer> {
  const type = query.get('record_type')?.toLowerCase()
  const entity = type === undefined ? undefined : findEntity(type)
  const starting = startingTags[type ?? '']
  if (entity === undefined || starting === undefined) throw badRequest('record_type must be contacts, leads, opportunities, organisations, projects or emails.')
  const names = new Set<string>()
  for (const name of new Set([...starting, ...writtenTags(api, entity)])) {
    if ((await api.store.collection(entity).withText('TAGS', name)).length > 0) names.add(name)
  }
  return { status: 200, body: [...names].sort().map((name) => ({ TAG_NAME: name })) }
}

function* writtenTags(api: Api, entity: Entity): Generator<string> {
  for (const [, row] of api.store.collection(entity).written()) for (const tag of listOf(row.TAGS)) yield String(tag.TAG_NAME)
}
