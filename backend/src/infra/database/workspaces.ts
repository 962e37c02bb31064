import pg from 'pg'

/** Ids of all workspaces, oldest first; read as the database's owner, since no actor sees more than one. */
export async function listWorkspaceIds(adminUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'chatsg workspaces' })
  // What it tells beside a failed statement is the same failure again.
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query<{ id: string }>('select id from chatsg.workspaces order by created_at, id')
    return rows.map(({ id }) => id)
  } finally {
    await client.end()
  }
}
