import { type SQL, sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Role, Scope } from '#backend/kernel/actor.ts'
import type { ApiKey } from '#contracts/security.ts'

type Query = <R extends object>(statement: SQL) => Promise<R[]>

/** A key, and who it acts as. */
export interface KeyHolder {
  id: string
  workspaceId: string
  scopes: Scope[]
  expiresAt: string | null
  revokedAt: string | null
  userId: string
  name: string
  email: string | null
  role: Role
  active: boolean
}

/** The key whoever holds its text may see, before anybody is known, and its person; both statements go in one round trip. */
export async function findHolder(query: Query, hash: string): Promise<KeyHolder | undefined> {
  const [, [holder]] = await Promise.all([
    query(sql`select set_config('app.workspace', workspace_id::text, true), set_config('app.job', 'access', true) from api_keys where token_hash = ${hash}`),
    query<KeyHolder>(sql`
      select k.id, k.workspace_id as "workspaceId", k.scopes, k.expires_at as "expiresAt", k.revoked_at as "revokedAt",
        u.id as "userId", u.name, u.email, u.role, u.active
      from api_keys k join users u on u.workspace_id = k.workspace_id and u.id = k.user_id where k.token_hash = ${hash}`),
  ])
  return holder
}

export async function touchKey(tx: Transaction, id: string): Promise<void> {
  await tx.query(sql`
    update api_keys set last_used_at = now()
    where workspace_id = ${tx.workspaceId} and id = ${id} and (last_used_at is null or last_used_at < now() - interval '1 minute')`)
}

export interface NewKeyRow {
  id: string
  userId: string
  name: string
  tokenHash: string
  prefix: string
  scopes: readonly Scope[]
  createdAt: string
  expiresAt: string | null
}

export async function insertKey(tx: Transaction, key: NewKeyRow): Promise<void> {
  await tx.query(sql`
    insert into api_keys (workspace_id, id, user_id, name, token_hash, prefix, scopes, created_at, expires_at)
    values (${tx.workspaceId}, ${key.id}, ${key.userId}, ${key.name}, ${key.tokenHash}, ${key.prefix}, ${sql.param([...key.scopes])}::text[], ${key.createdAt}, ${key.expiresAt})`)
}

/** @param userId whose keys; those of everybody without it */
export async function listKeys(tx: Transaction, userId: string | undefined): Promise<ApiKey[]> {
  const rows = await tx.query<Omit<ApiKey, 'user'> & { userId: string; userName: string }>(sql`
    select k.id, k.name, k.scopes, k.prefix, k.created_at as "createdAt", k.expires_at as "expiresAt", k.last_used_at as "lastUsedAt",
      k.revoked_at as "revokedAt", k.user_id as "userId", u.name as "userName"
    from api_keys k join users u on u.workspace_id = k.workspace_id and u.id = k.user_id
    where k.workspace_id = ${tx.workspaceId} ${userId === undefined ? sql`` : sql`and k.user_id = ${userId}`}
    order by k.created_at desc, k.id desc limit 1000`)
  return rows.map(({ userId: id, userName, ...key }) => ({ ...key, user: { id, name: userName } }))
}

/** @returns the key, also when it was revoked before; undefined when it is not there or not this person's */
export async function revokeKey(tx: Transaction, { id, userId }: { id: string; userId: string | undefined }): Promise<{ userId: string } | undefined> {
  const [key] = await tx.query<{ userId: string }>(sql`
    update api_keys set revoked_at = coalesce(revoked_at, now())
    where workspace_id = ${tx.workspaceId} and id = ${id} ${userId === undefined ? sql`` : sql`and user_id = ${userId}`} returning user_id as "userId"`)
  return key
}
