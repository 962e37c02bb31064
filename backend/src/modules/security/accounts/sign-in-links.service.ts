import { randomBytes } from 'node:crypto'
import { type Database, sql } from '#backend/infra/database/database.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { insertAccount } from './accounts.repository.ts'
import type { AccountsDatabase } from './accounts-database.ts'
import { tokenHash } from './hashes.ts'
import { findMembership, putMembership } from './memberships.repository.ts'
import { doorkeeper, findActivePerson } from './workspace-people.ts'

const linkLifetimeMs = 60 * 60 * 1000

interface PersonKey {
  workspaceId: string
  userId: string
}

/** One-time links that sign somebody in within the hour; only hashes of their tokens are stored. */
export function createSignInLinks({ database, accounts }: { database: Database; accounts: AccountsDatabase }) {
  /** Somebody without an account gets one on their first sign-in, to which they can give an address and a password. */
  async function ensureAccount(person: PersonKey, name: string): Promise<string> {
    const membership = await findMembership(accounts.query, person)
    if (membership !== undefined) return membership.accountId
    return accounts.transaction(async (query) => {
      const accountId = await insertAccount(query, { name, emailVerified: false })
      await putMembership(query, { accountId, ...person })
      return accountId
    })
  }

  return {
    /** @returns the token of a link */
    async create({ workspaceId, userId }: PersonKey): Promise<string> {
      const token = randomBytes(32).toString('base64url')
      const expiresAt = new Date(Date.now() + linkLifetimeMs).toISOString()
      await database.transaction(doorkeeper(workspaceId), (tx) =>
        tx.query(
          sql`insert into sign_in_links (workspace_id, token_hash, user_id, expires_at) values (${workspaceId}, ${tokenHash(token)}, ${userId}, ${expiresAt})`,
        ),
      )
      return token
    },

    /** @throws AppError UNAUTHENTICATED when the link was used, is too old or was never made */
    async redeem(token: string): Promise<{ accountId: string; workspaceId: string }> {
      const hash = tokenHash(token)
      const [link] = await database.withToken(hash, (query) =>
        query<PersonKey>(sql`
          update sign_in_links set used_at = now() where token_hash = ${hash} and used_at is null and expires_at > now()
          returning workspace_id as "workspaceId", user_id as "userId"`),
      )
      if (link === undefined)
        throw new AppError('UNAUTHENTICATED', 'This sign-in link was used already or is too old. Make a new one with: npm run cli -- sign-in-link')
      const person = await findActivePerson(database, link)
      if (person === undefined) throw new AppError('UNAUTHENTICATED', 'This person may no longer sign in.')
      return { accountId: await ensureAccount(link, person.name), workspaceId: link.workspaceId }
    },

    async removeExpired(workspaceId: string): Promise<void> {
      await database.transaction(doorkeeper(workspaceId), (tx) =>
        tx.query(sql`delete from sign_in_links where workspace_id = ${workspaceId} and expires_at < now()`),
      )
    },
  }
}
