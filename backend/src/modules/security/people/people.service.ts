import { randomBytes } from 'node:crypto'
import { type Database, sql, type Transaction } from '#backend/infra/database/database.ts'
import { type Actor, requireScope } from '#backend/kernel/actor.ts'
import { AppError, notFound } from '#backend/kernel/errors.ts'
import { newId } from '#backend/kernel/ids.ts'
import type { Person } from '#contracts/security.ts'
import { findAccounts, forgetDevices, visibleEmail } from '../accounts/accounts.repository.ts'
import type { AccountsDatabase } from '../accounts/accounts-database.ts'
import { tokenHash } from '../accounts/hashes.ts'
import { findMembership, listMemberships, listWorkspaceMemberships } from '../accounts/memberships.repository.ts'
import type { SessionsService } from '../accounts/sessions.service.ts'
import { findPerson, type WorkspacePerson } from '../accounts/workspace-people.ts'
import type { ApiKeysService } from '../api-keys/api-keys.service.ts'
import type { AuditTrail } from '../audit/audit-trail.ts'
import type { SecurityEventSink } from '../events/security-event.ts'
import { refuseHigherRole } from './invitations.service.ts'
import * as people from './people.repository.ts'

export interface PeopleOptions {
  database: Database
  accounts: AccountsDatabase
  sessions: SessionsService
  apiKeys: ApiKeysService
  audit: AuditTrail
  events: SecurityEventSink
  appUrl: string
}

export type PeopleService = ReturnType<typeof createPeople>

const resetLifetimeMs = 60 * 60 * 1000

/** Everybody of a workspace: their roles, teams and whether they may come in. */
export function createPeople({ database, accounts, sessions, apiKeys, audit, events, appUrl }: PeopleOptions) {
  async function withAccounts(workspaceId: string, rows: readonly people.PersonRow[]): Promise<Person[]> {
    const memberships = new Map((await listWorkspaceMemberships(accounts.query, workspaceId)).map((membership) => [membership.userId, membership]))
    const ids = [...memberships.values()].map(({ accountId }) => accountId)
    const known = new Map((await findAccounts(accounts.query, ids)).map((account) => [account.id, account]))
    return rows.map((row) => {
      const membership = memberships.get(row.id)
      const account = membership === undefined ? undefined : known.get(membership.accountId)
      return {
        ...row,
        email: (account === undefined ? null : visibleEmail(account.email)) ?? row.email,
        hasAccount: account !== undefined,
        twoFactorEnabled: account?.twoFactorEnabled ?? false,
        lastSeenAt: membership?.lastSeenAt?.toISOString() ?? null,
      }
    })
  }

  /** @throws AppError CONFLICT when no active owner would be left */
  async function refuseLastOwner(tx: Transaction, person: WorkspacePerson, { role = person.role, active = person.active }: people.PersonChange): Promise<void> {
    if (person.role !== 'owner' || !person.active || (role === 'owner' && active)) return
    const owners = await people.lockActiveOwners(tx)
    if (owners.every((id) => id === person.id)) throw new AppError('CONFLICT', 'A workspace keeps at least one active owner; make somebody else owner first.')
  }

  return {
    async list(actor: Actor): Promise<Person[]> {
      requireScope(actor, 'workspace:admin')
      return withAccounts(actor.workspaceId, await database.transaction(actor, people.listPeople, { readOnly: true }))
    },

    /** Changes take hold within seconds everywhere; whoever is deactivated is signed out at once. */
    async change(actor: Actor, id: string, change: people.PersonChange): Promise<Person> {
      requireScope(actor, 'workspace:admin')
      const own = personOf(actor)
      const row = await database.transaction(actor, async (tx) => {
        const person = await findPerson(tx, id)
        if (person === undefined) throw notFound('This person')
        refuseHigherRole(own.role, person.role)
        if (change.role !== undefined) refuseHigherRole(own.role, change.role)
        if (change.active === false && id === own.userId) throw new AppError('CONFLICT', 'You cannot deactivate yourself; ask another administrator.')
        if (change.teamId != null && !(await people.isTeam(tx, change.teamId))) throw notFound('This team')
        await refuseLastOwner(tx, person, change)
        await people.updatePerson(tx, id, change)
        await audit.append(tx, {
          event: 'ROLE_CHANGE',
          operation: 'people.update',
          outcome: 'ok',
          query: { id, before: { role: person.role, active: person.active }, change },
        })
        return (await people.listPeople(tx)).find((found) => found.id === id)
      })
      if (row === undefined) throw notFound('This person')
      await apply({ workspaceId: actor.workspaceId, userId: id }, change)
      const [person] = await withAccounts(actor.workspaceId, [row])
      return person ?? { ...row, hasAccount: false, twoFactorEnabled: false, lastSeenAt: null }
    },

    /**
     * A link, for one use within the hour, with which the person sets a new password.
     * @throws AppError FORBIDDEN when the account opens other workspaces too: who looks after this one must not get into those
     */
    async createResetLink(actor: Actor, id: string): Promise<{ link: string; expiresAt: string }> {
      requireScope(actor, 'workspace:admin')
      const { workspaceId } = actor
      const person = await database.transaction(actor, (tx) => findPerson(tx, id), { readOnly: true })
      const membership = person === undefined ? undefined : await findMembership(accounts.query, { workspaceId, userId: id })
      if (person === undefined) throw notFound('This person')
      refuseHigherRole(personOf(actor).role, person.role)
      if (membership === undefined) throw new AppError('CONFLICT', `${person.name} has no account yet; send an invitation instead.`)
      if ((await listMemberships(accounts.query, membership.accountId)).some((other) => other.workspaceId !== workspaceId))
        throw new AppError(
          'FORBIDDEN',
          `${person.name} is in other workspaces too. Only they can reset the password, or whoever runs the server: npm run cli -- users reset-password`,
        )
      const token = randomBytes(32).toString('base64url')
      const expiresAt = new Date(Date.now() + resetLifetimeMs)
      await database.transaction(actor, async (tx) => {
        await forgetDevices(accounts.query, membership.accountId)
        await accounts.query('insert into verification (id, identifier, value, expires_at) values ($1, $2, $3, $4)', [
          newId(),
          tokenHash(`reset-password:${token}`),
          membership.accountId,
          expiresAt,
        ])
        await audit.append(tx, { event: 'ROLE_CHANGE', operation: 'people.resetLink', outcome: 'ok', query: { id } })
      })
      events.record({ type: 'authentication', severity: 'medium', workspaceId, userId: id, details: { what: 'reset_link_made', by: personOf(actor).userId } })
      return { link: `${appUrl}/reset-password?token=${token}`, expiresAt: expiresAt.toISOString() }
    },

    /** Who looks after the workspace without a second factor. */
    async withoutTwoFactor(actor: Actor): Promise<string[]> {
      const rows = await database.transaction(actor, people.listPeople, { readOnly: true })
      const everybody = await withAccounts(actor.workspaceId, rows)
      return everybody
        .filter(({ active, role, hasAccount, twoFactorEnabled }) => active && hasAccount && !twoFactorEnabled && (role === 'owner' || role === 'admin'))
        .map(({ name }) => name)
    },

    /** Lets the address of an account stand in each of its workspaces. */
    async setEmail(tx: Transaction, userId: string, email: string): Promise<void> {
      const [other] = await tx.query(sql`select 1 from users where workspace_id = ${tx.workspaceId} and lower(email) = lower(${email}) and id <> ${userId}`)
      if (other !== undefined) throw new AppError('CONFLICT', 'Somebody else of the workspace has this address already.')
      await people.setPersonEmail(tx, userId, email)
    },
  }

  async function apply(person: { workspaceId: string; userId: string }, { role, active }: people.PersonChange): Promise<void> {
    sessions.forgetPerson(person)
    apiKeys.forgetPerson(person)
    const membership = active === false ? await findMembership(accounts.query, person) : undefined
    if (membership !== undefined) await sessions.endInWorkspace({ accountId: membership.accountId, workspaceId: person.workspaceId })
    if (role === undefined && active === undefined) return
    const details = { what: active === false ? 'person_deactivated' : 'role_changed', ...(role === undefined ? {} : { role }) }
    events.record({ type: 'configuration', severity: 'medium', workspaceId: person.workspaceId, userId: person.userId, details })
  }
}

function personOf(actor: Actor) {
  if (actor.type !== 'user') throw new AppError('FORBIDDEN', 'Only a person can do this.')
  return actor
}
