import { sql, type Transaction } from '#backend/infra/database/database.ts'

export interface Connection {
  url: string
  keySource: 'environment' | 'workspace'
  state: 'mirrored' | 'left'
  account: string | null
  accountUserId: number | null
  instanceId: number | null
  notInPlan: string[]
  connectedAt: string
  hookToken: string | null
}

export async function readConnection(tx: Transaction): Promise<Connection | undefined> {
  const [row] = await tx.query<Connection & Record<string, unknown>>(sql`
    select url, key_source as "keySource", state, account, account_user_id as "accountUserId", instance_id as "instanceId", not_in_plan as "notInPlan",
      connected_at as "connectedAt", hook_token as "hookToken"
    from insightly_connections where workspace_id = ${tx.workspaceId}`)
  return row
}

export interface NewConnection {
  url: string
  keySource: Connection['keySource']
  hookToken: string
  at: string
}

/** Connects, or connects again; what was known of the account before stays until the account is looked at. */
export async function saveConnection(tx: Transaction, { url, keySource, hookToken, at }: NewConnection): Promise<void> {
  await tx.query(sql`
    insert into insightly_connections as c (workspace_id, url, key_source, hook_token, connected_at)
    values (${tx.workspaceId}, ${url}, ${keySource}, ${hookToken}, ${at})
    on conflict (workspace_id) do update set url = excluded.url, key_source = excluded.key_source, state = 'mirrored', left_at = null,
      connected_at = case when c.state = 'left' then excluded.connected_at else c.connected_at end, hook_token = coalesce(c.hook_token, excluded.hook_token), not_in_plan = '{}'`)
}

export async function saveAccount(tx: Transaction, account: { account: string; accountUserId: number; instanceId: number | null }): Promise<void> {
  await tx.query(sql`
    update insightly_connections set account = ${account.account}, account_user_id = ${account.accountUserId}, instance_id = ${account.instanceId}
    where workspace_id = ${tx.workspaceId}`)
}

/** Stops mirroring. The records stay; what only the mirror needs to know of them goes. */
export async function leaveConnection(tx: Transaction, at: string): Promise<void> {
  await tx.query(
    sql`update insightly_connections set state = 'left', left_at = ${at}, hook_token = null, account_user_id = null, instance_id = null where workspace_id = ${tx.workspaceId}`,
  )
  await tx.query(sql`
    update insightly_runs set state = 'cancelled', finished_at = clock_timestamp(), holder = null where workspace_id = ${tx.workspaceId} and state in ('queued', 'running', 'paused')`)
  for (const table of ['insightly_records', 'insightly_lists', 'insightly_cursors', 'insightly_hints', 'insightly_pages', 'insightly_conflicts'])
    await tx.query(sql`delete from ${sql.identifier(table)} where workspace_id = ${tx.workspaceId}`)
  await tx.query(sql`delete from insightly_runs where workspace_id = ${tx.workspaceId}`)
  await tx.query(sql`select note_as_of(null)`)
  await tx.query(
    sql`update insightly_outbox set status = 'dropped', ended_at = clock_timestamp() where workspace_id = ${tx.workspaceId} and status in ('pending', 'sending', 'failed')`,
  )
}
