import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import { mirroredEntities, readOnlyEntities } from '../mapping/index.ts'

/**
 * A record that was deleted there and made again has another number there: whatever names it here is told again, since what named it there
 * names nothing now. @returns how many changes were queued
 */
export async function referAgain(tx: Transaction, entity: EntityName, recordId: string): Promise<number> {
  let queued = 0
  for (const name of mirroredEntities) {
    if (readOnlyEntities.includes(name)) continue
    const { fields, table } = entities[name]
    const columns = new Set(
      Object.values(fields).flatMap((field) => (field.type === 'reference' && field.entity === entity && field.column !== undefined ? [field.column] : [])),
    )
    for (const column of columns) queued += await queue(tx, { name, table, condition: sql`${sql.identifier(column)} = ${recordId}`, columns: [column] })
    if (fields.related_id !== undefined)
      queued += await queue(tx, {
        name,
        table,
        condition: sql`related_id = ${recordId} and related_type = ${entities[entity].singular}`,
        columns: ['related_type', 'related_id'],
      })
  }
  return queued
}

async function queue(
  tx: Transaction,
  { name, table, condition, columns }: { name: EntityName; table: string; condition: ReturnType<typeof sql>; columns: readonly string[] },
): Promise<number> {
  const object = (toValue: (column: string) => ReturnType<typeof sql>) =>
    sql`jsonb_build_object(${sql.join(
      columns.map((column) => sql`${column}::text, ${toValue(column)}`),
      sql`, `,
    )})`
  const rows = await tx.query(sql`
    insert into insightly_outbox (workspace_id, entity, record_id, operation, before, after, made_at)
    select t.workspace_id, ${name}, t.id, 'update', ${object(() => sql`null::text`)}, ${object((column) => sql`t.${sql.identifier(column)}::text`)}, clock_timestamp()
    from ${sql.identifier(table)} t join insightly_records r on r.workspace_id = t.workspace_id and r.entity = ${name} and r.record_id = t.id and not r.gone
    where t.workspace_id = ${tx.workspaceId} and t.deleted_at is null and ${condition} order by t.id returning id`)
  return rows.length
}
