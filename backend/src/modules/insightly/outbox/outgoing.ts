import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { type EntityName, entities, entityBySingular } from '#contracts/entities.ts'
import { type MirroredEntity, mirroredEntities, type OutgoingOptions, type OutgoingWrite, toInsightly } from '../mapping/index.ts'
import { loadLists } from '../mirror/lists.ts'
import { loadOutgoing } from '../mirror/record-ids.ts'
import { readOpenCreates } from './outbox.repository.ts'
import type { ColumnValues } from './outbox-row.ts'
import type { Outcome } from './row-context.ts'

export function isMirrored(entity: EntityName): entity is MirroredEntity {
  return (mirroredEntities as readonly EntityName[]).includes(entity)
}

/** The ids of the records that these values name. */
function namedIn(entity: EntityName, values: ColumnValues): string[] {
  const columns = Object.values(entities[entity].fields).flatMap(({ type, column }) => (type === 'reference' && column !== undefined ? [column] : []))
  return [...new Set([...columns, 'related_id'].flatMap((column) => (typeof values[column] === 'string' ? [values[column]] : [])))]
}

/** What is to be sent of these values, or what has to be there before. */
export async function prepareWrite(
  tx: Transaction,
  entity: MirroredEntity,
  given: ColumnValues,
  { ownUserId, ...options }: OutgoingOptions & { ownUserId: number },
): Promise<OutgoingWrite | Extract<Outcome, { kind: 'waits' }>> {
  const values = await withPipeline(tx, given)
  const named = namedIn(entity, values)
  // Before they are looked up: one that arrives between the two is found, one that had arrived before is as well.
  const open = await readOpenCreates(tx, named)
  const lookup = await loadOutgoing(tx, named, { lists: await loadLists(tx), ownUserId })
  const write = toInsightly(entity, values, lookup, options)
  return findWaits(open, write.waitsFor) ?? write
}

/** Records that are on their way are waited for; what never will be there is left out. */
export function findWaits(
  open: Awaited<ReturnType<typeof readOpenCreates>>,
  references: readonly { entity: EntityName; recordId: string }[],
): Extract<Outcome, { kind: 'waits' }> | undefined {
  const missing = references.filter(({ entity, recordId }) => open.has(`${entity} ${recordId}`))
  if (missing.length === 0) return undefined
  const refused = missing.find(({ entity, recordId }) => open.get(`${entity} ${recordId}`) === 'failed')
  const note =
    refused === undefined
      ? undefined
      : `It waits for the ${entities[refused.entity].singular} it refers to, which Insightly refused. Send that one again or drop it; then this one goes on.`
  return { kind: 'waits', keys: missing.map(({ entity, recordId }) => `${entity} ${recordId}`), note }
}

/** What of a change that was sent stays here, in words. */
export function keptNote(entity: EntityName, { keptHere, waitsFor }: OutgoingWrite): string | undefined {
  const { fields } = entities[entity]
  const labelOf = (key: string) => fields[key]?.label ?? Object.values(fields).find(({ column }) => column === key)?.label ?? key
  const kept = keptHere.map(labelOf)
  for (const one of waitsFor) kept.push(`the ${entities[one.entity].singular} it refers to`)
  return kept.length === 0 ? undefined : `Insightly has no place for this, so it stays here: ${[...new Set(kept)].join(', ')}.`
}

/** A stage is told together with its pipeline. */
async function withPipeline(tx: Transaction, values: ColumnValues): Promise<ColumnValues> {
  if (typeof values.stage_id !== 'string') return values
  const [stage] = await tx.query<{ pipeline_id: string }>(
    sql`select pipeline_id from stages where workspace_id = ${tx.workspaceId} and id = ${values.stage_id}`,
  )
  return stage === undefined ? values : { ...values, pipeline_id: stage.pipeline_id }
}

/** What a task, an event or a note is about, as a kind of record. @throws AppError when the kind is not known */
export function relatedEntity(relatedType: unknown): EntityName {
  const entity = typeof relatedType === 'string' ? entityBySingular(relatedType) : undefined
  if (entity === undefined) throw new AppError('VALIDATION', 'This is about a kind of record that is not known. Choose what it is about and send it again.')
  return entity.name
}
