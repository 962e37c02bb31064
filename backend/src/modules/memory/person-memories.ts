import { sql, type Transaction } from '#backend/infra/database/database.ts'

/** Ids of the people here with one of these addresses, as memories know their owners. */
const owners = (tx: Transaction, emails: readonly string[]) =>
  sql`(select u.id::text from users u where u.workspace_id = ${tx.workspaceId} and lower(u.email) = any(${sql.param([...emails])}::text[]))`

/** For requests of a person about their own data: what is remembered about them goes with everything else. */
export function createPersonMemories() {
  return {
    /** @param emails lower case */
    async export(tx: Transaction, emails: readonly string[]): Promise<Record<string, unknown>[]> {
      const rows = await tx.query<{ row: Record<string, unknown> }>(sql`
        select to_jsonb(m) - 'workspace_id' - 'norm' || jsonb_build_object('sources', (select coalesce(jsonb_agg(to_jsonb(s) - 'workspace_id'), '[]')
          from memory_sources s where s.workspace_id = m.workspace_id and s.memory_id = m.id)) as row
        from memories m where m.workspace_id = ${tx.workspaceId} and m.actor_id in ${owners(tx, emails)} order by m.created_at, m.id`)
      return rows.map(({ row }) => row)
    },
    /** @returns how many went */
    async erase(tx: Transaction, emails: readonly string[]): Promise<number> {
      await tx.query(sql`delete from memory_readings r where r.workspace_id = ${tx.workspaceId} and r.user_id::text in ${owners(tx, emails)}`)
      const rows = await tx.query(sql`delete from memories m where m.workspace_id = ${tx.workspaceId} and m.actor_id in ${owners(tx, emails)} returning m.id`)
      return rows.length
    },
  }
}
