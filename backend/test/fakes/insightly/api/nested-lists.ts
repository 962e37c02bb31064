import type { Row } from '../json.ts'
import { listOf } from '../store/row-reader.ts'
import type { Answer, Api, Call, Owner, Resource } from './call.ts'
import { readDates, readEmailDomains, readTags } from './nested-in.ts'
import { getRow } from './records.ts'
import { notFound } from './refusal.ts'
import { touch } from './touch.ts'

/** `/{id}/Tags`: POST adds one, PUT takes the collection, DELETE takes the tag in its body. */
export function tagsResource(api: Api, owner: Owner): Resource {
  const tags = () => listOf(getRow(api, owner.entity, owner.id).TAGS)
  return {
    get: () => ({ status: 200, body: tags() }),
    post: (call) => ({ ...replace(api, owner, 'TAGS', readTags([...tags(), ...toList(call)])), status: 201 }),
    put: (call) => replace(api, owner, 'TAGS', readTags(toList(call))),
    delete: (call) => removeTag(api, owner, tags(), call),
  }
}

function removeTag(api: Api, owner: Owner, before: readonly Row[], call: Call): Answer {
  const gone = new Set(readTags(toList(call)).map(nameOf))
  const after = before.filter((tag) => !gone.has(nameOf(tag)))
  if (after.length === before.length) throw notFound('The tag')
  replace(api, owner, 'TAGS', after)
  return { status: 202 }
}

function nameOf(tag: Row): string {
  return String(tag.TAG_NAME).toLowerCase()
}

/** A collection, or the one member of it. */
function toList({ body }: Call): readonly unknown[] {
  return Array.isArray(body) ? body : [body]
}

export function datesResource(api: Api, owner: Owner): Resource {
  return {
    get: () => ({ status: 200, body: listOf(getRow(api, owner.entity, owner.id).DATES) }),
    put: (call) => replace(api, owner, 'DATES', readDates(toList(call), owner.id)),
  }
}

export function emailDomainsResource(api: Api, owner: Owner): Resource {
  return {
    get: () => ({ status: 200, body: listOf(getRow(api, owner.entity, owner.id).EMAILDOMAINS) }),
    put: (call) => replace(api, owner, 'EMAILDOMAINS', readEmailDomains(toList(call), owner.id)),
  }
}

function replace(api: Api, owner: Owner, field: string, rows: readonly Row[]): Answer {
  const [touched] = touch(api, owner)
  const row = touched?.kind === 'row' && touched.row !== null ? touched.row : getRow(api, owner.entity, owner.id)
  api.store.commit([{ kind: 'row', entity: owner.entity.name, id: owner.id, row: { ...row, [field]: rows } }])
  return { status: api.settings.putStatus, body: rows }
}
