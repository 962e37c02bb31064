import type { z } from 'zod'
import type { Actor } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError } from '#backend/kernel/errors.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import { type CustomFieldDefinition, customFieldEntities, type EntityName, entities } from '#contracts/entities.ts'
import type { QueryResult, TypedQueryInput } from '#contracts/query.ts'
import type { customFieldInputSchema } from '#contracts/records.ts'
import { runQuery } from './query/query.service.ts'
import { ensureCustomField, listCustomFields } from './records/custom-fields.repository.ts'
import { getWorkspace } from './records/workspace.repository.ts'
import { type SearchHit, searchRecords } from './search/search.service.ts'

export type CrmQuestions = ReturnType<typeof createCrmQuestions>

/** Search, typed query and custom fields, each in a transaction of the asking actor. */
export function createCrmQuestions({ operations, clock }: { operations: Operations; clock: Clock }) {
  const read = { scope: 'crm:read', readOnly: true, statementTimeoutMs: 5000 } as const
  return {
    async search(actor: Actor, request: { q: string; entity?: string | undefined; limit: number }): Promise<readonly SearchHit[]> {
      return operations.run(actor, { name: 'crm.search', ...read, query: { ...request } }, async (tx) => {
        const wanted = request.entity === undefined ? undefined : request.entity.split(',').map(entityNamed)
        return searchRecords(tx, { q: request.q, limit: request.limit, ...(wanted === undefined ? {} : { entities: wanted }) })
      })
    },

    async query(actor: Actor, query: TypedQueryInput): Promise<QueryResult> {
      return operations.run(actor, { name: 'crm.query', ...read, query: { ...query } }, async (tx) =>
        runQuery(tx, query, { now: clock.now(), timeZone: query.timeZone ?? (await getWorkspace(tx)).timeZone, strict: true }),
      )
    },

    async listCustomFields(actor: Actor, entity: string | undefined): Promise<CustomFieldDefinition[]> {
      return operations.run(actor, { name: 'customFields.list', ...read, query: { entity } }, async (tx) =>
        listCustomFields(tx, entity === undefined ? undefined : entityNamed(entity)),
      )
    },

    async addCustomField(actor: Actor, input: z.infer<typeof customFieldInputSchema>): Promise<CustomFieldDefinition> {
      return operations.run(actor, { name: 'customFields.create', scope: 'crm:write', query: { ...input } }, async (tx) => {
        const entity = entityNamed(input.entity)
        if (!customFieldEntities.includes(entity))
          throw new AppError('VALIDATION', `${entities[entity].labelPlural} have no custom fields.`, {
            details: [{ field: 'entity', message: `must be one of ${customFieldEntities.join(', ')}` }],
          })
        const field: CustomFieldDefinition = {
          entity,
          key: input.key,
          label: input.label ?? input.key.replaceAll('_', ' ').replace(/^./, (letter) => letter.toUpperCase()),
          type: input.type,
          choices: input.choices,
        }
        const existing = (await listCustomFields(tx, entity)).find(({ key }) => key === field.key)
        if (existing !== undefined)
          throw new AppError('CONFLICT', `${entities[entity].labelPlural} already have a field "${field.key}".`, {
            details: [{ field: 'key', message: 'is taken' }],
          })
        await ensureCustomField(tx, field)
        return field
      })
    },
  }
}

/** Accepts "contacts" and "contact". */
function entityNamed(name: string): EntityName {
  const wanted = name.trim().toLowerCase()
  const entity = Object.values(entities).find((candidate) => candidate.name === wanted || candidate.singular === wanted)
  if (entity === undefined)
    throw new AppError('VALIDATION', `There is no entity "${name.slice(0, 40)}".`, {
      details: [{ field: 'entity', message: `must be one of ${Object.keys(entities).join(', ')}` }],
    })
  return entity.name
}
