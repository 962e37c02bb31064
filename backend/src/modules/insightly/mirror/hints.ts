import { type Database, sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { deleteRecords } from '#backend/modules/crm/index.ts'
import type { InsightlyClient } from '../client/insightly-client.ts'
import { insightlyObjects } from '../client/objects.ts'
import { type MirroredEntity, mirroredEntities, objectOf } from '../mapping/index.ts'
import { applyRows } from './apply-rows.ts'
import { loadLists } from './lists.ts'
import { readAsMirror, writeAsMirror } from './mirror-actor.ts'
import { findKnown } from './record-ids.ts'

const mostKept = 1000
const mostAtOnce = 20

export interface Hint {
  entity: MirroredEntity
  insightlyId: number
}

/** The records that a message of a workflow names: the first id of each object found anywhere in it. What else it says is not believed. */
export function hintsIn(message: unknown): Hint[] {
  const hints = new Map<string, Hint>()
  const queue: unknown[] = [message]
  for (let steps = 0; queue.length > 0 && steps < 10_000; steps++) {
    const value = queue.shift()
    if (typeof value !== 'object' || value === null) continue
    for (const [name, member] of Object.entries(value)) {
      if (typeof member === 'object') queue.push(member)
      const entity = mirroredEntities.find((candidate) => insightlyObjects[objectOf(candidate)].id === name.toUpperCase())
      const id = typeof member === 'string' && /^\d{1,15}$/.test(member) ? Number(member) : member
      if (entity !== undefined && typeof id === 'number' && Number.isSafeInteger(id) && id > 0) hints.set(`${entity} ${id}`, { entity, insightlyId: id })
    }
  }
  return [...hints.values()].slice(0, mostAtOnce)
}

/** Keeps hints until they are followed; more than a thousand are the next run's business. */
export async function keepHints(tx: Transaction, hints: readonly Hint[]): Promise<void> {
  for (const { entity, insightlyId } of hints)
    await tx.query(sql`
      insert into insightly_hints (workspace_id, object, insightly_id, at) select ${tx.workspaceId}, ${entity}, ${insightlyId}, clock_timestamp()
      where (select count(*) from insightly_hints where workspace_id = ${tx.workspaceId}) < ${mostKept} on conflict do nothing`)
}

/** Fetches the records that hints name. */
export async function followHints(options: {
  database: Database
  workspaceId: string
  client: InsightlyClient
  clock: Clock
  signal: AbortSignal
}): Promise<void> {
  const { database, workspaceId, client, clock, signal } = options
  const hints = await readAsMirror(database, workspaceId, (tx) =>
    tx.query<{ object: MirroredEntity; insightlyId: number; at: string; now: string }>(sql`
        select object, insightly_id as "insightlyId", at::text as at, clock_timestamp() as now from insightly_hints where workspace_id = ${tx.workspaceId} order by at limit ${mostAtOnce}`),
  )
  for (const { object, insightlyId, at, now } of hints) {
    const row = await client.find(objectOf(object), insightlyId, { signal })
    await writeAsMirror(database, workspaceId, async (tx) => {
      if (row !== undefined) await applyRows(tx, object, [row], { lists: await loadLists(tx), now: clock.now(), fetchedAt: now })
      else await forget(tx, object, insightlyId, clock.now())
      // One that came again meanwhile is followed again; `at` is text with its microseconds, which an instant here does not have.
      await tx.query(
        sql`delete from insightly_hints where workspace_id = ${tx.workspaceId} and object = ${object} and insightly_id = ${insightlyId} and at <= ${at}::timestamptz`,
      )
    })
  }
}

async function forget(tx: Transaction, entity: MirroredEntity, insightlyId: number, now: Date): Promise<void> {
  const known = (await findKnown(tx, entity, [insightlyId])).get(insightlyId)
  if (known === undefined || known.gone) return
  await deleteRecords(tx, entity, [known.recordId], { now })
  await tx.query(sql`update insightly_records set gone = true where workspace_id = ${tx.workspaceId} and entity = ${entity} and insightly_id = ${insightlyId}`)
}
