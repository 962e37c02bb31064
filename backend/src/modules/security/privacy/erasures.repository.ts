import { sql, type Transaction } from '#backend/infra/database/database.ts'

/** Whether a person was erased since then, so that copies made before still know them. */
export async function wasAnybodyErased(tx: Transaction, since: Date | undefined): Promise<boolean> {
  const [row] = await tx.query<{ found: boolean }>(sql`
    select exists (select 1 from erasure_certificates where workspace_id = ${tx.workspaceId}
      ${since === undefined ? sql`` : sql`and erased_at >= ${since.toISOString()}`}) as found`)
  return row?.found === true
}
