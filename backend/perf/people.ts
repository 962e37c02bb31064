import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { openBareSql } from './bare-sql.ts'

/** So many people of the workspace of a running server, added where a run before has not left them, each with an API key of its own; the keys. */
export async function addPeople(variables: Record<string, string>, count: number): Promise<string[]> {
  const sql = await openBareSql(variables)
  try {
    return await Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const key = `csg_${randomBytes(32).toString('base64url')}`
        const hash = createHash('sha256').update(key).digest('hex')
        const [person] = await sql.query<{ id: string }>(
          `insert into users (workspace_id, id, name, email, role) values ($1, $2, $3, $4, $5)
           on conflict (workspace_id, lower(email)) do update set name = excluded.name returning id`,
          [sql.workspaceId, randomUUID(), `Person ${index}`, `person${index}@example.com`, 'manager'],
        )
        await sql.query(
          'insert into api_keys (workspace_id, id, user_id, name, token_hash, prefix, scopes, created_at) values ($1, $2, $3, $4, $5, $6, $7, now())',
          [sql.workspaceId, randomUUID(), person?.id, 'Performance', hash, key.slice(0, 8), ['chat', 'crm:read', 'crm:write']],
        )
        return key
      }),
    )
  } finally {
    await sql.close()
  }
}
