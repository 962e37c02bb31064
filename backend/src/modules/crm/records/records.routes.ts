import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { type EntityName, entities } from '#contracts/entities.ts'
import { pageSchema, wholeList, wholeListSchema } from '#contracts/lists.ts'
import { historyItemSchema, linkInputSchema, linkSchema, listQuerySchema, recordInputSchema, recordSchema, timelineItemSchema } from '#contracts/records.ts'
import type { createLinksService } from './links.service.ts'
import { filterOf, listParameters } from './list-filter.ts'
import type { RecordsService } from './records.service.ts'
import type { createTimelineService } from './timeline.service.ts'

export interface RecordRoutesDependencies {
  records: RecordsService
  timeline: ReturnType<typeof createTimelineService>
  links: ReturnType<typeof createLinksService>
}

const served: readonly EntityName[] = [
  'contacts',
  'organisations',
  'leads',
  'opportunities',
  'pipelines',
  'stages',
  'products',
  'orders',
  'quotes',
  'quote_lines',
  'tasks',
  'events',
  'notes',
  'emails',
  'users',
  'tags',
]
const idParameter = z.object({ id: z.string().max(60) })
const pageQuery = z.object({ limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.string().max(1000).optional() })

/** `/api/crm/<entity>`: list, get, create, update, delete, restore, timeline, history and links of every kind of record. */
export function recordRoutes(dependencies: RecordRoutesDependencies): FastifyPluginAsyncZod {
  return async (app) => {
    for (const entity of served) registerEntity(app, entity, dependencies)
  }
}

type Routes = Parameters<FastifyPluginAsyncZod>[0]

function registerEntity(routes: Routes, entity: EntityName, { records, timeline, links }: RecordRoutesDependencies): void {
  const record = recordSchema(entity)
  const body = recordInputSchema(entity)
  const { labelPlural, singular } = entities[entity]
  const path = `/api/crm/${entity}`
  const tags = [labelPlural]
  const read = { access: 'crm:read' } as const
  const write = { access: entity === 'users' ? 'workspace:admin' : 'crm:write' } as const

  routes.get(
    path,
    { config: read, schema: { tags, summary: `List ${labelPlural.toLowerCase()}`, querystring: listQuerySchema, response: { 200: pageSchema(record) } } },
    async (request) => {
      const { limit, cursor, sort, q, timeZone } = request.query
      return records.listRecords(request.actor, entity, { limit, cursor, sort, q, timeZone, filter: filterOf(request.query, listParameters) })
    },
  )
  routes.post(path, { config: write, schema: { tags, summary: `Create a record: ${singular}`, body, response: { 201: record } } }, async (request, reply) => {
    const created = await records.createRecord(request.actor, entity, request.body)
    return reply.code(201).header('location', `${path}/${created.id}`).send(created)
  })
  routes.get(`${path}/:id`, { config: read, schema: { tags, summary: `Get one ${singular}`, params: idParameter, response: { 200: record } } }, (request) =>
    records.getRecord(request.actor, entity, request.params.id),
  )
  routes.patch(
    `${path}/:id`,
    { config: write, schema: { tags, summary: `Change fields of one ${singular}`, params: idParameter, body, response: { 200: record } } },
    (request) => records.updateRecord(request.actor, entity, request.params.id, request.body),
  )
  routes.delete(
    `${path}/:id`,
    { config: write, schema: { tags, summary: `Delete one ${singular}; it can be restored`, params: idParameter, response: { 204: z.null() } } },
    async (request, reply) => {
      await records.deleteRecord(request.actor, entity, request.params.id)
      return reply.code(204).send(null)
    },
  )
  routes.post(
    `${path}/:id/restore`,
    { config: write, schema: { tags, summary: `Restore a deleted ${singular}`, params: idParameter, response: { 200: record } } },
    (request) => records.restoreRecord(request.actor, entity, request.params.id),
  )
  if (!entities[entity].record) return
  routes.get(
    `${path}/:id/timeline`,
    {
      config: read,
      schema: {
        tags,
        summary: `Everything that happened with one ${singular}`,
        params: idParameter,
        querystring: pageQuery,
        response: { 200: pageSchema(timelineItemSchema) },
      },
    },
    (request) => timeline.pageTimeline(request.actor, entity, request.params.id, request.query),
  )
  routes.get(
    `${path}/:id/history`,
    {
      config: read,
      schema: {
        tags,
        summary: `Changes of the fields of one ${singular}`,
        params: idParameter,
        querystring: pageQuery,
        response: { 200: pageSchema(historyItemSchema) },
      },
    },
    (request) => timeline.pageHistory(request.actor, entity, request.params.id, request.query),
  )
  routes.get(
    `${path}/:id/links`,
    {
      config: read,
      schema: { tags, summary: `Records linked with one ${singular}`, params: idParameter, response: { 200: wholeListSchema(linkSchema) } },
    },
    async (request) => wholeList(await links.listLinks(request.actor, entity, request.params.id)),
  )
  routes.post(
    `${path}/:id/links`,
    {
      config: write,
      schema: { tags, summary: `Link one ${singular} with another record`, params: idParameter, body: linkInputSchema, response: { 201: linkSchema } },
    },
    async (request, reply) => reply.code(201).send(await links.addLink(request.actor, entity, request.params.id, request.body)),
  )
  routes.delete(
    `${path}/:id/links/:linkId`,
    { config: write, schema: { tags, summary: 'Remove a link', params: idParameter.extend({ linkId: z.string().max(60) }), response: { 204: z.null() } } },
    async (request, reply) => {
      await links.removeLink(request.actor, entity, request.params.id, request.params.linkId)
      return reply.code(204).send(null)
    },
  )
}
