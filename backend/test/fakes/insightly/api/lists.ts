import { readDate, writeDate } from '../dates.ts'
import type { Entity } from '../entities.ts'
import type { Row } from '../json.ts'
import type { Answer, Api, Call } from './call.ts'
import { isTrue, type ListParameters, listParameters, type Query, updatedAfter } from './query.ts'
import { badRequest } from './refusal.ts'
import { viewRecord } from './view.ts'

/** A whole collection, ascending by id; filters are without effect here. */
export function listRecords(api: Api, entity: Entity, { query }: Call): Answer {
  const parameters = listParameters(query)
  const collection = api.store.collection(entity)
  if (entity.name === 'LeadStatuses' && !isTrue(query.get('include_converted'))) {
    const rows = collection.page(0, collection.count()).filter((row) => !String(row.LEAD_STATUS).endsWith('Converted'))
    return pageOf(api, entity, rows, parameters)
  }
  return answerPage(api, entity, collection.page(parameters.skip, parameters.top), collection.count(), parameters)
}

/** A page of rows that are all at hand. */
export function pageOf(api: Api, entity: Entity, rows: readonly Row[], parameters: ListParameters): Answer {
  return answerPage(api, entity, rows.slice(parameters.skip, parameters.skip + parameters.top), rows.length, parameters)
}

function answerPage(api: Api, entity: Entity, rows: readonly Row[], total: number, { brief, countTotal }: ListParameters): Answer {
  return {
    status: 200,
    body: rows.map((row) => viewRecord(api, entity, row, { brief, list: true })),
    ...(countTotal ? { headers: { 'X-Total-Count': String(total) } } : {}),
  }
}

function pageOfIds(api: Api, entity: Entity, ids: readonly number[], parameters: ListParameters): Answer {
  const collection = api.store.collection(entity)
  const rows = ids.slice(parameters.skip, parameters.skip + parameters.top).flatMap<Row>((id) => collection.find(id) ?? [])
  return answerPage(api, entity, rows, ids.length, parameters)
}

/** `/Search`: one field with exactly this value, or what changed after an instant, or both, or everything. */
export async function searchRecords(api: Api, entity: Entity, call: Call): Promise<Answer> {
  const { query } = call
  const instant = updatedAfter(query)
  const field = fieldFilter(entity, query)
  if (instant === undefined && field === undefined) return listRecords(api, entity, call)
  if (entity.name === 'Users' && instant !== undefined && field !== undefined) throw badRequest('Only one filter may be used.')
  const collection = api.store.collection(entity)
  const changed = instant === undefined ? undefined : collection.changedAfter(instant)
  if (field === undefined) return pageOfIds(api, entity, changed ?? [], listParameters(query))
  const matching = await collection.withText(field.name, field.value)
  if (changed === undefined) return pageOfIds(api, entity, matching, listParameters(query))
  const both = new Set(changed)
  return pageOfIds(
    api,
    entity,
    matching.filter((id) => both.has(id)),
    listParameters(query),
  )
}

/** `field_name` and `field_value` come together; standard names in any case, custom ones exactly. */
function fieldFilter(entity: Entity, query: Query): { name: string; value: string } | undefined {
  const name = query.get('field_name') ?? ''
  const value = query.get('field_value') ?? ''
  if (name === '' && value === '') return undefined
  if (name === '' || value === '') throw badRequest('field_name and field_value must be used together.')
  const field = entity.fields.find((one) => one.name === name.toUpperCase())
  if (field?.kind.endsWith('[]')) throw badRequest(`The field ${name} cannot be searched.`)
  if (field === undefined && !name.endsWith('__c')) throw badRequest(`The field ${name} does not exist.`)
  if (field?.kind === 'bool') return { name: field.name, value: value.toLowerCase() }
  const instant = field?.kind === 'datetime' ? readDate(value) : undefined
  return { name: field?.name ?? name, value: instant === undefined ? value : writeDate(instant) }
}

export async function searchByTag(api: Api, entity: Entity, { query }: Call): Promise<Answer> {
  const tag = query.get('tagname') ?? query.get('tag_name') ?? ''
  if (tag === '') throw badRequest('The tagName parameter is required.')
  return pageOfIds(api, entity, await api.store.collection(entity).withText('TAGS', tag), listParameters(query))
}
