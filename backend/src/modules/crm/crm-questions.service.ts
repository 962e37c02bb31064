import type { z } from 'zod'
import type { Database } from '#backend/infra/database/database.ts'
import { type Actor, requireScope } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { type CustomFieldDefinition, customFieldEntities, type EntityName, entities } from '#contracts/entities.ts'
import type { QueryResult, TypedQueryInput } from '#contracts/query.ts'
import type { customFieldInputSchema } from '#contracts/records.ts'
import { runQuery } from './query/query.service.ts'
import { ensureCustomField, listCustomFields } from './records/custom-fields.repository.ts'
import { getWorkspace } from './records/workspace.repository.ts'
import { type SearchHit, searchRecords } from './search/search.service.ts'

export type CrmQuestions = ReturnType<typeof createCrmQuestions>

/** Search, typed query and custom fields, each in a transaction of the asking actor. */
export function createCrmQuestions({ database, clock }: { database: Database; clock: Clock }) {
  return {
    async search(actor: Actor, request: { q: string; entity?: string | undefined; limit: number }): Promise<SearchHit[]> {
      requireScope(actor, 'crm:read')
      const wanted = request.entity === undefined ? undefined : request.entity.split(',').map(entityNamed)
      return database.transaction(
        actor,
        (tx) => searchRecords(tx, { q: request.q, limit: request.limit, ...(wanted === undefined ? {} : { entities: wanted }) }),
        { readOnly: true, statementTimeoutMs: 5000 },
      )
    },

    async query(actor: Actor, query: TypedQueryInput): Promise<QueryResult> {
      requireScope(actor, 'crm:read')
      return database.transaction(
        actor,
        async (tx) => runQuery(tx, query, { now: clock.now(), timeZone: query.timeZone ?? (await getWorkspace(tx)).timeZone }),
        { readOnly: true, statementTimeoutMs: 5000 },
      )
    },

    async listCustomFields(actor: Actor, entity: string | undefined): Promise<CustomFieldDefinition[]> {
      requireScope(actor, 'crm:read')
      const name = entity === undefined ? undefined : entityNamed(entity)
      return database.transaction(actor, (tx) => listCustomFields(tx, name), { readOnly: true })
    },

    async addCustomField(actor: Actor, input: z.infer<typeof customFieldInputSchema>): Promise<CustomFieldDefinition> {
      requireScope(actor, 'crm:write')
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
      return database.transaction(actor, async (tx) => {
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
