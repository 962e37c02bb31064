import { sql, type Transaction } from '#backend/infra/database/database.ts'

/** E-mail addresses of the workspace's people, by which a message is known to have been sent rather than received. */
export async function listOwnAddresses(tx: Transaction): Promise<string[]> {
  const rows = await tx.query<{ email: string }>(sql`select email from users where workspace_id = ${tx.workspaceId} and email is not null`)
  return rows.map(({ email }) => email)
}
