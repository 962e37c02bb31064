import { randomBytes } from 'node:crypto'
import { newId } from '#backend/kernel/ids.ts'
import type { RunStatement } from './accounts-database.ts'
import { sessionLifetimeMs } from './session-cookie.ts'

/** A session and who it acts as in the workspace it works in. */
export interface StoredSession {
  id: string
  accountId: string
  workspaceId: string
  userId: string
  expiresAt: Date
}

export interface SessionLine {
  id: string
  createdAt: Date
  lastSeenAt: Date
  expiresAt: Date
  ip: string | null
  userAgent: string | null
}

/** How often that somebody was seen is written down. */
const seenEvery = '1 minute'

export interface NewSession {
  accountId: string
  workspaceId: string
  ip?: string | undefined
  userAgent?: string | undefined
}

export async function insertSession(query: RunStatement, session: NewSession): Promise<{ token: string; expiresAt: Date }> {
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(Date.now() + sessionLifetimeMs)
  await query(`insert into session (id, user_id, token, active_workspace_id, ip_address, user_agent, expires_at) values ($1, $2, $3, $4, $5, $6, $7)`, [
    newId(),
    session.accountId,
    token,
    session.workspaceId,
    session.ip ?? null,
    session.userAgent?.slice(0, 500) ?? null,
    expiresAt,
  ])
  return { token, expiresAt }
}

/** The living session behind a token; says at most once a minute that it was seen, and lets it live on from then. */
export async function findStoredSession(query: RunStatement, token: string): Promise<StoredSession | undefined> {
  const [found] = await query<StoredSession & { isStale: boolean }>(
    `select s.id, s.user_id as "accountId", m.workspace_id as "workspaceId", m.user_id as "userId", s.expires_at as "expiresAt",
       s.last_seen_at < now() - interval '${seenEvery}' or m.last_seen_at is null as "isStale"
     from session s join membership m on m.account_id = s.user_id and m.workspace_id = s.active_workspace_id
     where s.token = $1 and s.expires_at > now()`,
    [token],
  )
  if (found === undefined) return undefined
  const { isStale, ...session } = found
  if (!isStale) return session
  const expiresAt = new Date(Date.now() + sessionLifetimeMs)
  await query('update session set last_seen_at = now(), updated_at = now(), expires_at = $2 where id = $1', [session.id, expiresAt])
  await query('update membership set last_seen_at = now() where account_id = $1 and workspace_id = $2', [session.accountId, session.workspaceId])
  return { ...session, expiresAt }
}

export async function listSessionLines(query: RunStatement, accountId: string): Promise<SessionLine[]> {
  return query<SessionLine>(
    `select id, created_at as "createdAt", last_seen_at as "lastSeenAt", expires_at as "expiresAt", nullif(ip_address, '') as ip, nullif(user_agent, '') as "userAgent"
     from session where user_id = $1 and expires_at > now() order by last_seen_at desc limit 200`,
    [accountId],
  )
}

export async function deleteSessionByToken(query: RunStatement, token: string): Promise<void> {
  await query('delete from session where token = $1', [token])
}

/** @returns whether there was one */
export async function deleteSession(query: RunStatement, { id, accountId }: { id: string; accountId: string }): Promise<boolean> {
  return (await query('delete from session where id = $1 and user_id = $2 returning id', [id, accountId])).length > 0
}

export async function deleteSessionsOf(query: RunStatement, { accountId, except }: { accountId: string; except?: string | undefined }): Promise<void> {
  await query('delete from session where user_id = $1 and id is distinct from $2', [accountId, except ?? null])
}

export async function deleteWorkspaceSessions(query: RunStatement, { accountId, workspaceId }: { accountId: string; workspaceId: string }): Promise<void> {
  await query('delete from session where user_id = $1 and active_workspace_id = $2', [accountId, workspaceId])
}

export async function setActiveWorkspace(query: RunStatement, { id, workspaceId }: { id: string; workspaceId: string }): Promise<void> {
  await query('update session set active_workspace_id = $2, updated_at = now() where id = $1', [id, workspaceId])
}

/** Removes what is past its time. */
export async function deleteExpired(query: RunStatement): Promise<void> {
  await query('delete from session where expires_at < now()')
  await query('delete from verification where expires_at < now()')
  await query(`delete from used_code where used_at < now() - interval '1 hour'`)
}
