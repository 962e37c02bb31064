import { entityNamed, findByObjectName } from '../entities.ts'
import type { Link } from '../store/link-store.ts'
import type { Answer, Api, Call, Owner, Resource } from './call.ts'
import { readObject } from './record-in.ts'
import { readId } from './records.ts'
import { badRequest, notFound } from './refusal.ts'
import { touch } from './touch.ts'
import { readScalar } from './values-in.ts'
import { linksOf, seenFrom } from './view.ts'

const linkable = ['Contact', 'Organisation', 'Opportunity', 'Project', 'Lead']

/** `/{id}/Links` and `/{id}/Links/{linkId}`; activities have no PUT. */
export function linksResource(api: Api, owner: Owner, linkId: string | undefined, withPut: boolean): Resource {
  if (linkId !== undefined) return { delete: () => deleteLink(api, owner, readId(linkId)) }
  const read = () => ({ status: 200, body: linksOf(api, owner.entity, owner.id) })
  const resource: Resource = { get: read, post: (call) => createLink(api, owner, call) }
  return withPut ? { ...resource, put: (call) => updateLink(api, owner, call) } : resource
}

function createLink(api: Api, owner: Owner, call: Call): Answer {
  const body = readObject(call.body)
  const target = findByObjectName(String(body.get('LINK_OBJECT_NAME') ?? ''))
  if (target === undefined || !linkable.includes(target.singular))
    throw badRequest('LINK_OBJECT_NAME must be Contact, Organisation, Opportunity, Project or Lead.')
  const targetId = readId(String(body.get('LINK_OBJECT_ID') ?? ''))
  if (!api.store.collection(target).has(targetId)) throw badRequest(`${target.singular} ${targetId} does not exist.`)
  if (target === owner.entity && targetId === owner.id) throw badRequest('A record cannot be linked to itself.')
  const id = api.store.links.nextId()
  const link: Link = {
    LINK_ID: id,
    OBJECT_NAME: owner.entity.singular,
    OBJECT_ID: owner.id,
    LINK_OBJECT_NAME: target.singular,
    LINK_OBJECT_ID: targetId,
    ...readDetails(api, body, { ROLE: null, DETAILS: null, RELATIONSHIP_ID: null }),
  }
  api.store.commit([{ kind: 'link', id, link }, ...touch(api, owner)])
  return { status: 201, body: seenFrom(link, owner.entity.singular, owner.id) }
}

function updateLink(api: Api, owner: Owner, call: Call): Answer {
  const body = readObject(call.body)
  const before = findLink(api, owner, readId(String(body.get('LINK_ID') ?? '')))
  const link: Link = { ...before, ...readDetails(api, body, before) }
  api.store.commit([{ kind: 'link', id: link.LINK_ID, link }, ...touch(api, owner)])
  return { status: api.settings.putStatus, body: seenFrom(link, owner.entity.singular, owner.id) }
}

type Details = Pick<Link, 'ROLE' | 'DETAILS' | 'RELATIONSHIP_ID'>

function readDetails(api: Api, body: ReadonlyMap<string, unknown>, before: Details): Details {
  const text = (name: 'ROLE' | 'DETAILS') => {
    const sent = body.get(name)
    const value = sent === undefined ? before[name] : readScalar({ name, kind: 'str', max: 255, required: false, readOnly: false }, sent)
    return typeof value === 'string' ? value : null
  }
  const sent = body.get('RELATIONSHIP_ID')
  const relationship = sent === undefined ? before.RELATIONSHIP_ID : sent === null || Number(sent) === 0 ? null : readId(String(sent))
  if (relationship !== null && !api.store.collection(entityNamed('Relationships')).has(relationship)) {
    throw badRequest(`The RELATIONSHIP_ID ${relationship} does not exist.`)
  }
  return { ROLE: text('ROLE'), DETAILS: text('DETAILS'), RELATIONSHIP_ID: relationship }
}

function findLink(api: Api, owner: Owner, linkId: number): Link {
  const link = api.store.links.of(owner.entity.singular, owner.id).find((one) => one.LINK_ID === linkId)
  if (link === undefined) throw notFound(`Link ${linkId}`)
  return link
}

function deleteLink(api: Api, owner: Owner, linkId: number): Answer {
  findLink(api, owner, linkId)
  api.store.commit([{ kind: 'link', id: linkId, link: null }, ...touch(api, owner)])
  return { status: 202 }
}
