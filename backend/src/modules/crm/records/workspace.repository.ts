import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { notFound } from '#backend/kernel/errors.ts'

export interface WorkspaceSettings {
  id: string
  name: string
  currency: string
  timeZone: string
}

/** The transaction's own workspace. */
export async function getWorkspace(tx: Transaction): Promise<WorkspaceSettings> {
  const [workspace] = await tx.query<WorkspaceSettings>(sql`select id, name, currency, time_zone as "timeZone" from workspaces where id = ${tx.workspaceId}`)
  if (workspace === undefined) throw notFound('The workspace')
  return workspace
}
