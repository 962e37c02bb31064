import pg from 'pg'
import { newId } from '#backend/kernel/ids.ts'

export interface FirstWorkspace {
  workspaceId: string
  userId: string
  name: string
  /** No record of any kind is in it yet. */
  isEmpty: boolean
}

/** The oldest workspace with its oldest owner, made when the database has none. Runs as the database's owner, who sees all workspaces. */
export async function ensureFirstWorkspace(adminUrl: string): Promise<FirstWorkspace> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'chatsg bootstrap' })
  // What it tells beside a failed statement is the same failure again.
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('begin')
    await client.query('set local search_path = chatsg')
    await client.query(`select pg_advisory_xact_lock(hashtextextended('first workspace', 0))`)
    let { rows } = await client.query<{ id: string }>('select id from workspaces order by created_at, id limit 1')
    if (rows.length === 0) ({ rows } = await client.query(`insert into workspaces (id, name) values ($1, 'My company') returning id`, [newId()]))
    const workspaceId = rows[0]?.id as string
    let owners = await client.query<{ id: string; name: string }>(
      `select id, name from users where workspace_id = $1 and role = 'owner' and active order by created_at, id limit 1`,
      [workspaceId],
    )
    if (owners.rows.length === 0) {
      owners = await client.query(`insert into users (workspace_id, id, name, role) values ($1, $2, 'Owner', 'owner') returning id, name`, [
        workspaceId,
        newId(),
      ])
    }
    const owner = owners.rows[0] as { id: string; name: string }
    const filled = await client.query(
      `select exists (select 1 from search_documents where workspace_id = $1) or exists (select 1 from imports where workspace_id = $1) as filled`,
      [workspaceId],
    )
    await client.query('commit')
    return { workspaceId, userId: owner.id, name: owner.name, isEmpty: !filled.rows[0].filled }
  } finally {
    await client.end()
  }
}
