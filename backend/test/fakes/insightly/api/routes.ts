import { type Child, type Entity, entities, findEntity, type Verb } from '../entities.ts'
import { activitiesResource } from './activities.ts'
import type { Answer, Api, Call, Owner, Resource } from './call.ts'
import { childRecordsResource } from './line-items.ts'
import { linksResource } from './links.ts'
import { listRecords, searchByTag, searchRecords } from './lists.ts'
import { datesResource, emailDomainsResource, tagsResource } from './nested-lists.ts'
import { pipelineResource, pipelineStageResource } from './pipeline.ts'
import { priceBookResource } from './price-book.ts'
import { createRecord, deleteRecord, getRecord, getRow, readId, updateRecord } from './records.ts'
import { referenceResource } from './reference.ts'
import { Refusal, wrongVerb } from './refusal.ts'
import { deleteListItem, isSettingsList, removeListItem, requireAdministrator } from './settings-lists.ts'
import { stateChangeResource, stateHistoryResource } from './states.ts'

/** Answers a call by the segments of its path, in any case. Throws a Refusal. */
export async function answerCall(api: Api, segments: readonly string[], call: Call): Promise<Answer> {
  const resource = referenceResource(api, segments) ?? recordsResource(api, segments, call)
  const handler = resource[call.method.toLowerCase() as keyof Resource]
  if (handler === undefined) throw wrongVerb(call.method)
  return await handler(call)
}

/** Objects of larger plans that this stand-in does not have. */
const otherObjects = ['prospect', 'ticket', 'knowledgearticle', 'community']

function recordsResource(api: Api, segments: readonly string[], call: Call): Resource {
  const [name = '', second, child, childId] = segments
  const entity = findEntity(name)
  if (entity === undefined) throw noSuchCollection(api, name, call.method)
  if (entity.needsProducts && api.settings.plan === 'professional') throw new Refusal(404, 'The requested resource was not found.')
  requireAdministrator(api, entity, call)
  if (second === undefined) return collectionResource(api, entity)
  if (segments.length === 2) {
    const named = namedResource(api, entity, second.toLowerCase())
    return named ?? recordResource(api, entity, second)
  }
  const owner = { entity, id: readId(second) }
  const resource = segments.length > 4 || child === undefined ? undefined : childResource(api, owner, child.toLowerCase(), childId)
  if (resource === undefined) throw new Refusal(404, 'The requested resource was not found.')
  getRow(api, entity, owner.id)
  return resource
}

function noSuchCollection(api: Api, name: string, method: Verb): Refusal {
  const plain = name.toLowerCase()
  if (otherObjects.includes(plain) && api.settings.plan === 'professional') return new Refusal(403, "user doesn't have access")
  const isWrongNumber = entities.some((entity) => [`${entity.name}s`, entity.singular].some((other) => other.toLowerCase() === plain))
  return isWrongNumber ? wrongVerb(method) : new Refusal(404, 'The requested resource was not found.')
}

function collectionResource(api: Api, entity: Entity): Resource {
  return only(entity.collection, {
    get: (call) => listRecords(api, entity, call),
    post: (call) => createRecord(api, entity, call),
    put: (call) => updateRecord(api, entity, call, undefined),
    delete: (call) => deleteListItem(api, entity, call),
  })
}

function namedResource(api: Api, entity: Entity, name: string): Resource | undefined {
  if (name === 'search' && entity.search) return { get: (call) => searchRecords(api, entity, call) }
  if (name === 'searchbytag' && entity.searchByTag) return { get: (call) => searchByTag(api, entity, call) }
  if (name === 'me' && entity.name === 'Users') return { get: (call) => getRecord(api, entity, call.userId) }
  if (name === 'search' || name === 'searchbytag') throw new Refusal(404, 'The requested resource was not found.')
  return undefined
}

function recordResource(api: Api, entity: Entity, idText: string): Resource {
  if (entity.record.length === 0) throw new Refusal(404, 'The requested resource was not found.')
  const id = readId(idText)
  return only(entity.record, {
    get: () => getRecord(api, entity, id),
    put: (call) => updateRecord(api, entity, call, id),
    delete: (call) => (isSettingsList(entity) ? removeListItem(api, entity, id) : deleteRecord(api, entity, id, call)),
  })
}

function only(verbs: readonly Verb[], resource: Resource): Resource {
  return Object.fromEntries(Object.entries(resource).filter(([verb]) => verbs.some((one) => one.toLowerCase() === verb)))
}

type ChildMaker = (api: Api, owner: Owner, childId: string | undefined) => Resource

/** By the last part of the path; the child of the entity's list that brings it. */
const childMakers: Readonly<Record<string, { children: readonly Child[]; hasIds?: boolean; make: ChildMaker }>> = {
  notes: { children: ['Notes'], make: (api, owner) => activitiesResource(api, owner, 'Notes') },
  tasks: { children: ['Tasks'], make: (api, owner) => activitiesResource(api, owner, 'Tasks') },
  events: { children: ['Events'], make: (api, owner) => activitiesResource(api, owner, 'Events') },
  emails: { children: ['Emails'], make: (api, owner) => activitiesResource(api, owner, 'Emails') },
  tags: { children: ['Tags'], make: tagsResource },
  dates: { children: ['Dates'], make: datesResource },
  emaildomains: { children: ['EmailDomains'], make: emailDomainsResource },
  pipeline: { children: ['Pipeline'], make: pipelineResource },
  pipelinestage: { children: ['Pipeline'], make: pipelineStageResource },
  statechange: { children: ['StateChange'], make: stateChangeResource },
  statehistory: { children: ['StateHistory'], make: stateHistoryResource },
  pricebook: { children: ['Pricebook'], make: priceBookResource },
  links: {
    children: ['Links', 'Links without PUT'],
    hasIds: true,
    make: (api, owner, linkId) => linksResource(api, owner, linkId, owner.entity.children.includes('Links')),
  },
  milestones: { children: ['Milestones'], hasIds: true, make: (api, owner, id) => childRecordsResource(api, owner, 'Milestones', id) },
  opportunitylineitem: {
    children: ['OpportunityLineItem'],
    hasIds: true,
    make: (api, owner, id) => childRecordsResource(api, owner, 'OpportunityLineItem', id),
  },
  quotationlineitem: { children: ['QuotationLineItem'], hasIds: true, make: (api, owner, id) => childRecordsResource(api, owner, 'QuotationLineItem', id) },
  pricebookentry: { children: ['PricebookEntry'], hasIds: true, make: (api, owner, id) => childRecordsResource(api, owner, 'PricebookEntry', id) },
  teammembers: {
    children: ['TeamMembers'],
    hasIds: true,
    make: (api, owner, id) => {
      const { post, delete: remove } = childRecordsResource(api, owner, 'TeamMembers', id)
      return { ...(post && { post }), ...(remove && { delete: remove }) }
    },
  },
}

function childResource(api: Api, owner: Owner, child: string, childId: string | undefined): Resource | undefined {
  const maker = childMakers[child]
  if (maker === undefined || !maker.children.some((one) => owner.entity.children.includes(one))) return undefined
  if (childId !== undefined && maker.hasIds !== true) return undefined
  const needsProducts = ['opportunitylineitem', 'pricebook'].includes(child)
  return needsProducts && api.settings.plan === 'professional' ? undefined : maker.make(api, owner, childId)
}
