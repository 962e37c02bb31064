import { type Database, sql } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import { AppError } from '#backend/kernel/errors.ts'
import type { Who } from '#contracts/security.ts'
import { findAccount, visibleEmail } from './accounts.repository.ts'
import type { AccountsDatabase } from './accounts-database.ts'
import { listMemberships } from './memberships.repository.ts'
import { doorkeeper, findPerson } from './workspace-people.ts'

interface WhoOptions {
  database: Database
  accounts: AccountsDatabase
  /** The person a system actor is shown as. */
  ownerId: string
}

/** Says who somebody is, where, and where else they may go. */
export function createWho({ database, accounts, ownerId }: WhoOptions) {
  async function place(actor: Actor, userId: string) {
    return database.transaction(
      actor,
      async (tx) => {
        const person = await findPerson(tx, userId)
        const [workspace] = await tx.query<Who['workspace']>(
          sql`select id, name, currency, time_zone as "timeZone" from workspaces where id = ${tx.workspaceId}`,
        )
        return person?.active === true && workspace !== undefined ? { person, workspace } : undefined
      },
      { readOnly: true },
    )
  }

  /** The workspaces of an account in which the person is active. */
  async function workspacesOf(accountId: string): Promise<Who['workspaces']> {
    const memberships = await listMemberships(accounts.query, accountId)
    const places = await Promise.all(memberships.map(({ workspaceId, userId }) => place(doorkeeper(workspaceId), userId)))
    return places.flatMap((found) => (found === undefined ? [] : [{ id: found.workspace.id, name: found.workspace.name, role: found.person.role }]))
  }

  return {
    workspacesOf,

    /** @param accountId of the browser session; undefined for keys */
    async describe(actor: Actor, accountId?: string): Promise<Who> {
      const here = await place(actor, actor.type === 'user' ? actor.userId : ownerId)
      if (here === undefined) throw new AppError('UNAUTHENTICATED', 'This person is no longer here.')
      const { person, workspace } = here
      const account = accountId === undefined ? undefined : await findAccount(accounts.query, accountId)
      return {
        user: { id: person.id, name: person.name, email: account === undefined ? person.email : visibleEmail(account.email), role: person.role },
        workspace,
        workspaces: accountId === undefined ? [{ id: workspace.id, name: workspace.name, role: person.role }] : await workspacesOf(accountId),
        account: account === undefined ? null : { hasPassword: account.hasPassword, twoFactorEnabled: account.twoFactorEnabled },
      }
    },
  }
}
