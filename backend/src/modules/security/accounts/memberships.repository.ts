import type { RunStatement } from './accounts-database.ts'

/** Who an account is in a workspace. */
export interface Membership {
  accountId: string
  workspaceId: string
  userId: string
  lastSeenAt: Date | null
}

const columns = 'account_id as "accountId", workspace_id as "workspaceId", user_id as "userId", last_seen_at as "lastSeenAt"'

/** The workspaces of an account, the one used last first. */
export async function listMemberships(query: RunStatement, accountId: string): Promise<Membership[]> {
  return query<Membership>(
    `select ${columns} from membership where account_id = $1 order by last_seen_at desc nulls last, created_at, workspace_id limit 100`,
    [accountId],
  )
}

export async function findMembership(query: RunStatement, { workspaceId, userId }: { workspaceId: string; userId: string }): Promise<Membership | undefined> {
  const [membership] = await query<Membership>(`select ${columns} from membership where workspace_id = $1 and user_id = $2`, [workspaceId, userId])
  return membership
}

export async function listWorkspaceMemberships(query: RunStatement, workspaceId: string): Promise<Membership[]> {
  return query<Membership>(`select ${columns} from membership where workspace_id = $1`, [workspaceId])
}

/** A membership whose person is gone gives way to the new one. */
export async function putMembership(query: RunStatement, { accountId, workspaceId, userId }: Omit<Membership, 'lastSeenAt'>): Promise<void> {
  await query(
    `insert into membership (account_id, workspace_id, user_id) values ($1, $2, $3)
     on conflict (account_id, workspace_id) do update set user_id = excluded.user_id`,
    [accountId, workspaceId, userId],
  )
}
