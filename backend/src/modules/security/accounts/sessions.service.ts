import type { Database } from '#backend/infra/database/database.ts'
import { requestContext } from '#backend/kernel/request-context.ts'
import type { AccountsDatabase } from './accounts-database.ts'
import { csrfTokenOf } from './hashes.ts'
import { createMemory } from './memory.ts'
import { type CookieWriter, parseCookies, readSigned, sessionCookie } from './session-cookie.ts'
import * as sessions from './sessions.repository.ts'
import { actorOf, findActivePerson, type UserActor } from './workspace-people.ts'

/** A browser session and who it acts as. */
export interface WebSession {
  id: string
  accountId: string
  actor: UserActor
  csrfToken: string
  /** ISO instant. */
  expiresAt: string
}

export interface RequestHeaders {
  cookie?: string | undefined
}

export interface SessionsOptions {
  accounts: AccountsDatabase
  database: Database
  sessionSecret: string
  csrfSecret: string
  cookies: CookieWriter
}

export type SessionsService = ReturnType<typeof createSessionsService>

/** How long a session found in the database is believed without asking again. */
const rememberMs = 5000

/** Browser sessions: the table is better-auth's, the look-up is ours and needs nothing of it loaded. */
export function createSessionsService({ accounts, database, sessionSecret, csrfSecret, cookies }: SessionsOptions) {
  const remembered = createMemory<WebSession>({ forMs: rememberMs, atMost: 10_000 })

  async function load(token: string): Promise<WebSession | undefined> {
    const stored = await sessions.findStoredSession(accounts.query, token)
    if (stored === undefined) return undefined
    const person = await findActivePerson(database, stored)
    if (person === undefined) return undefined
    return {
      id: stored.id,
      accountId: stored.accountId,
      actor: actorOf(stored.workspaceId, person, 'session'),
      csrfToken: csrfTokenOf(stored.id, csrfSecret),
      expiresAt: stored.expiresAt.toISOString(),
    }
  }

  const service = {
    /** The token a request's cookie carries; undefined when this server did not sign it. */
    tokenOf({ cookie }: RequestHeaders): string | undefined {
      const signed = parseCookies(cookie).get(sessionCookie)
      return signed === undefined ? undefined : readSigned(signed, sessionSecret)
    },

    /** The session behind a request's cookie, with its person's role of this moment, at most five seconds old. */
    async findSession(headers: RequestHeaders): Promise<WebSession | undefined> {
      const token = service.tokenOf(headers)
      if (token === undefined) return undefined
      const known = remembered.get(token)
      if (known !== undefined) return known
      const session = await load(token)
      if (session === undefined) remembered.delete(token)
      else remembered.set(token, session)
      return session
    },

    /** Signs an account in to a workspace. @returns the session, and the cookie to send */
    async start({ accountId, workspaceId }: { accountId: string; workspaceId: string }): Promise<{ session: WebSession; cookie: string } | undefined> {
      const { ip, userAgent } = requestContext()
      const { token, expiresAt } = await sessions.insertSession(accounts.query, { accountId, workspaceId, ip, userAgent })
      const session = await load(token)
      if (session === undefined) {
        await sessions.deleteSessionByToken(accounts.query, token)
        return undefined
      }
      remembered.set(token, session)
      return { session, cookie: cookies.set(token, expiresAt) }
    },

    /** The cookie of a living session anew, so that it lives in the browser as long as here. */
    renew(headers: RequestHeaders, session: WebSession): string | undefined {
      const token = service.tokenOf(headers)
      return token === undefined ? undefined : cookies.set(token, new Date(session.expiresAt))
    },

    /** Ends the session a browser has, because it gets another one or none. */
    async leave(headers: RequestHeaders): Promise<void> {
      const token = service.tokenOf(headers)
      if (token === undefined) return
      remembered.delete(token)
      await sessions.deleteSessionByToken(accounts.query, token)
    },

    /** @returns the cookie that removes the session's */
    async signOut(headers: RequestHeaders): Promise<string> {
      await service.leave(headers)
      return cookies.clear()
    },

    list: (accountId: string) => sessions.listSessionLines(accounts.query, accountId),

    /** @returns whether there was such a session */
    async end(session: { id: string; accountId: string }): Promise<boolean> {
      const isEnded = await sessions.deleteSession(accounts.query, session)
      remembered.forget(({ id }) => id === session.id)
      return isEnded
    },

    /** Ends every session of an account, but the one named. */
    async endAll(accountId: string, except?: string): Promise<void> {
      await sessions.deleteSessionsOf(accounts.query, { accountId, except })
      remembered.forget((session) => session.accountId === accountId && session.id !== except)
    },

    async endInWorkspace(where: { accountId: string; workspaceId: string }): Promise<void> {
      await sessions.deleteWorkspaceSessions(accounts.query, where)
      remembered.forget(({ accountId, actor }) => accountId === where.accountId && actor.workspaceId === where.workspaceId)
    },

    async switchTo(session: WebSession, workspaceId: string): Promise<void> {
      await sessions.setActiveWorkspace(accounts.query, { id: session.id, workspaceId })
      remembered.forget(({ id }) => id === session.id)
    },

    /** Nothing remembered of an account is believed any more. */
    forget(accountId: string): void {
      remembered.forget((session) => session.accountId === accountId)
    },
    forgetPerson({ workspaceId, userId }: { workspaceId: string; userId: string }): void {
      remembered.forget(({ actor }) => actor.workspaceId === workspaceId && actor.userId === userId)
    },

    removeExpired: () => sessions.deleteExpired(accounts.query),
  }
  return service
}
