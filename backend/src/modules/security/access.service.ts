import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { type Database, sql } from '#backend/infra/database/database.ts'
import type { Actor, Role } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError } from '#backend/kernel/errors.ts'

type UserActor = Extract<Actor, { type: 'user' }>

/** The workspace and person that the admin key and sign-in links stand for. */
export interface DefaultOwner {
  workspaceId: string
  userId: string
  name: string
}

export interface WebSession {
  actor: UserActor
  csrfToken: string
  /** ISO instant. */
  expiresAt: string
}

export interface AccessOptions {
  database: Database
  clock: Clock
  owner: DefaultOwner
  adminApiKey: string | undefined
}

export type AccessService = ReturnType<typeof createAccessService>

const linkLifetimeMs = 60 * 60 * 1000
const sessionLifetimeMs = 14 * 24 * 60 * 60 * 1000
/** How long a session found in the database is believed without asking again. */
const rememberMs = 5000
const maxRemembered = 10_000

/** Who is calling: one-time sign-in links, browser sessions, the admin key. Only hashes of tokens are stored. */
export function createAccessService({ database, clock, owner, adminApiKey }: AccessOptions) {
  const remembered = new Map<string, { session: WebSession; until: number }>()
  const adminHash = adminApiKey === undefined ? undefined : sha256(adminApiKey)

  return {
    /** The actor behind a bearer token; undefined when nobody holds it. Needs no database. */
    authenticateKey(token: string): UserActor | undefined {
      if (adminHash === undefined || !timingSafeEqual(sha256(token), adminHash)) return undefined
      return { type: 'user', workspaceId: owner.workspaceId, userId: owner.userId, name: owner.name, role: 'owner', via: 'adminKey' }
    },

    /** A token for one sign-in as the workspace's owner, within the hour. */
    async createSignInLink(): Promise<string> {
      const token = randomBytes(32).toString('base64url')
      const expiresAt = new Date(Date.now() + linkLifetimeMs).toISOString()
      await database.transaction(systemActor(owner.workspaceId), (tx) =>
        tx.query(
          sql`insert into sign_in_links (workspace_id, token_hash, user_id, expires_at) values (${owner.workspaceId}, ${hashOf(token)}, ${owner.userId}, ${expiresAt})`,
        ),
      )
      return token
    },

    /** @throws AppError UNAUTHENTICATED when the link was used, is too old or was never made */
    async redeemSignInLink(token: string): Promise<{ token: string; session: WebSession }> {
      const [link] = await database.withToken(hashOf(token), (query) =>
        query<{ workspace_id: string; user_id: string }>(sql`
          update sign_in_links set used_at = now() where token_hash = ${hashOf(token)} and used_at is null and expires_at > now() returning workspace_id, user_id`),
      )
      if (link === undefined)
        throw new AppError('UNAUTHENTICATED', 'This sign-in link was used already or is too old. Make a new one with: npm run cli -- sign-in-link')
      const sessionToken = randomBytes(32).toString('base64url')
      const csrfToken = randomBytes(24).toString('base64url')
      const expiresAt = new Date(Date.now() + sessionLifetimeMs).toISOString()
      await database.transaction(systemActor(link.workspace_id), (tx) =>
        tx.query(
          sql`insert into web_sessions (workspace_id, token_hash, user_id, csrf_token, expires_at) values (${link.workspace_id}, ${hashOf(sessionToken)}, ${link.user_id}, ${csrfToken}, ${expiresAt})`,
        ),
      )
      const session = await this.findSession(sessionToken)
      if (session === undefined) throw new AppError('UNAUTHENTICATED', 'This person may no longer sign in.')
      return { token: sessionToken, session }
    },

    async findSession(token: string): Promise<WebSession | undefined> {
      const hash = hashOf(token)
      const known = remembered.get(hash)
      if (known !== undefined && known.until > Date.now()) return known.session
      const [row] = await database.withToken(hash, (query) =>
        query<{ workspace_id: string; user_id: string; csrf_token: string; expires_at: string }>(sql`
          update web_sessions set last_seen_at = now() where token_hash = ${hash} and expires_at > now() returning workspace_id, user_id, csrf_token, expires_at`),
      )
      remembered.delete(hash)
      if (row === undefined) return undefined
      const [user] = await database.transaction(systemActor(row.workspace_id), (tx) =>
        tx.query<{ name: string; role: Role }>(sql`select name, role from users where workspace_id = ${row.workspace_id} and id = ${row.user_id} and active`),
      )
      if (user === undefined) return undefined
      const session: WebSession = {
        actor: { type: 'user', workspaceId: row.workspace_id, userId: row.user_id, name: user.name, role: user.role, via: 'session' },
        csrfToken: row.csrf_token,
        expiresAt: row.expires_at,
      }
      if (remembered.size >= maxRemembered) remembered.clear()
      remembered.set(hash, { session, until: Date.now() + rememberMs })
      return session
    },

    async signOut(token: string): Promise<void> {
      remembered.delete(hashOf(token))
      await database.withToken(hashOf(token), (query) => query(sql`delete from web_sessions where token_hash = ${hashOf(token)}`))
    },

    /** What the web app shows of the person and the workspace. */
    async describe(actor: Actor): Promise<{
      user: { id: string; name: string; email: string | null; role: string }
      workspace: { id: string; name: string; currency: string; timeZone: string }
    }> {
      return database.transaction(
        actor,
        async (tx) => {
          const userId = actor.type === 'user' ? actor.userId : owner.userId
          const [user] = await tx.query<{ id: string; name: string; email: string | null; role: string }>(
            sql`select id, name, email, role from users where workspace_id = ${tx.workspaceId} and id = ${userId}`,
          )
          const [workspace] = await tx.query<{ id: string; name: string; currency: string; timeZone: string }>(
            sql`select id, name, currency, time_zone as "timeZone" from workspaces where id = ${tx.workspaceId}`,
          )
          if (user === undefined || workspace === undefined) throw new AppError('UNAUTHENTICATED', 'This person is no longer here.')
          return { user, workspace }
        },
        { readOnly: true },
      )
    },

    /** Removes links and sessions that are past their time. */
    async removeExpired(): Promise<void> {
      const now = clock.now().toISOString()
      await database.transaction(systemActor(owner.workspaceId), async (tx) => {
        await tx.query(sql`delete from sign_in_links where workspace_id = ${tx.workspaceId} and expires_at < ${now}`)
        await tx.query(sql`delete from web_sessions where workspace_id = ${tx.workspaceId} and expires_at < ${now}`)
      })
    },
  }
}

function systemActor(workspaceId: string): Actor {
  return { type: 'system', workspaceId, job: 'access' }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function hashOf(token: string): string {
  return sha256(token).toString('hex')
}
