import { sql, type Transaction } from '#backend/infra/database/database.ts'

/** The database's time, by which deletions are noted. */
export async function readDatabaseTime(tx: Transaction): Promise<Date> {
  const [row] = await tx.query<{ at: string }>(sql`select clock_timestamp() as at`)
  if (row === undefined) throw new Error('The database told no time.')
  return new Date(row.at)
}

/** Conversations deleted since then, but for those that were brought back. */
export async function listDeletedSessions(
  tx: Transaction,
  { since, after, limit }: { since: Date | undefined; after: string | undefined; limit: number },
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(sql`
    select d.session_id as id from deleted_sessions d
    where d.workspace_id = ${tx.workspaceId} ${since === undefined ? sql`` : sql`and d.deleted_at >= ${since.toISOString()}`}
      ${after === undefined ? sql`` : sql`and d.session_id > ${after}`}
      and not exists (select from chat_sessions s where s.workspace_id = d.workspace_id and s.id = d.session_id)
    order by d.session_id limit ${limit}`)
  return rows.map(({ id }) => id)
}
