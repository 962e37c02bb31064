import type { Database } from '#backend/infra/database/database.ts'
import type { Role, Scope } from '#backend/kernel/actor.ts'
import { AppError, notFound } from '#backend/kernel/errors.ts'
import type { ApiKey } from '#contracts/security.ts'
import type { ApiKeysService } from '../api-keys/api-keys.service.ts'
import type { AuditTrail } from '../audit/audit-trail.ts'
import { addMember } from '../people/membership.ts'
import { type Account, findAccountByEmail, findPasswordHash, forgetDevices, insertAccount, removeTwoFactor, setPasswordHash } from './accounts.repository.ts'
import type { AccountsDatabase } from './accounts-database.ts'
import { createDirectory, type DirectoryPerson } from './directory.ts'
import { listMemberships } from './memberships.repository.ts'
import { refuseWeakPassword } from './password-policy.ts'
import type { Passwords } from './passwords.ts'
import type { SessionsService } from './sessions.service.ts'
import { actorOf, doorkeeper } from './workspace-people.ts'

export interface OperatorOptions {
  database: Database
  accounts: AccountsDatabase
  passwords: Passwords
  sessions: SessionsService
  apiKeys: ApiKeysService
  audit: AuditTrail
  /** Connection string of the database's owner. */
  adminUrl: string
  homeWorkspaceId: string
}

export interface NewUser {
  email: string
  name: string
  /** Not needed for somebody who has an account. */
  password?: string | undefined
  role: Role
  /** Name or id; made when it is a new name. */
  workspace?: string | undefined
}

export interface NewUserKey {
  /** Id or address of a person. */
  user: string
  workspace?: string | undefined
  name: string
  scopes: readonly Scope[]
  expiresAt: Date | null
}

/** What whoever runs the server does from its command line, in every workspace. */
export function createOperator(options: OperatorOptions) {
  const { database, accounts, passwords, sessions, apiKeys, audit, adminUrl, homeWorkspaceId } = options
  const directory = createDirectory(adminUrl)

  async function workspaceOf(nameOrId: string | undefined): Promise<{ id: string; name: string } | undefined> {
    return directory.findWorkspace(nameOrId ?? homeWorkspaceId)
  }

  /** Somebody with an account keeps their password. */
  async function refuseOtherPassword(account: Account, password: string | undefined): Promise<void> {
    if (password === undefined) return
    const hash = await findPasswordHash(accounts.query, account.id)
    if (hash !== undefined && (await passwords.verify({ hash, password }))) return
    throw new AppError(
      'CONFLICT',
      `There is an account for ${account.email}, with another password. Leave --password out to let it into the workspace, or use: users reset-password --email ${account.email}`,
    )
  }

  async function newAccount({ email, name, password }: NewUser): Promise<string> {
    if (password === undefined) throw new AppError('VALIDATION', 'Give the new account a password with --password.')
    const passwordHash = await passwords.hash(password)
    return accounts.transaction((query) => insertAccount(query, { name, email, emailVerified: true, passwordHash }))
  }

  async function onePerson(user: string, workspace: string | undefined): Promise<DirectoryPerson> {
    const found = workspace === undefined ? undefined : await directory.findWorkspace(workspace)
    if (workspace !== undefined && found === undefined) throw notFound(`The workspace "${workspace}"`)
    const people = await directory.listPeople({ person: user, ...(found === undefined ? {} : { workspaceId: found.id }) })
    const person = people.length > 1 ? people.find(({ workspaceId }) => workspaceId === homeWorkspaceId) : people[0]
    if (people.length === 0) throw notFound(`The user "${user}"`)
    if (person === undefined)
      throw new AppError('CONFLICT', `"${user}" is in several workspaces (${people.map((one) => one.workspace).join(', ')}); name one with --workspace.`)
    return person
  }

  return {
    async createUser(
      user: NewUser,
    ): Promise<{ id: string; email: string; name: string; role: Role; workspace: { id: string; name: string; created: boolean } }> {
      const email = user.email.trim().toLowerCase()
      const known = await findAccountByEmail(accounts.query, email)
      if (known === undefined) await refuseWeakPassword(user.password ?? '', { name: user.name, email })
      else await refuseOtherPassword(known, user.password)
      const existing = await workspaceOf(user.workspace)
      const workspace = existing ?? (await directory.createWorkspace(user.workspace?.trim() ?? ''))
      const accountId = known?.id ?? (await newAccount({ ...user, email }))
      try {
        const id = await database.transaction(doorkeeper(workspace.id), async (tx) => {
          const member = await addMember(tx, accounts, { accountId, name: user.name, email, role: user.role })
          await audit.append(tx, { event: 'ROLE_CHANGE', operation: 'users.create', outcome: 'ok', query: { id: member, email, role: user.role } })
          return member
        })
        return { id, email, name: user.name, role: user.role, workspace: { ...workspace, created: existing === undefined } }
      } catch (error) {
        if (known === undefined) await accounts.query('delete from "user" where id = $1', [accountId])
        throw error
      }
    },

    listUsers: () => directory.listPeople(),

    /** Sets a password, ends every session of the account, and takes its second factor away when asked to. */
    async resetPassword({ email, password, removesTwoFactor }: { email: string; password: string; removesTwoFactor: boolean }): Promise<void> {
      const account = await findAccountByEmail(accounts.query, email.trim())
      if (account === undefined) throw notFound(`The account "${email}"`)
      await refuseWeakPassword(password, account)
      const hash = await passwords.hash(password)
      await accounts.transaction(async (query) => {
        await setPasswordHash(query, account.id, hash)
        await forgetDevices(query, account.id)
        if (removesTwoFactor) await removeTwoFactor(query, account.id)
      })
      await sessions.endAll(account.id)
      for (const { workspaceId, userId } of await listMemberships(accounts.query, account.id)) {
        await database.transaction(doorkeeper(workspaceId), (tx) =>
          audit.append(tx, { event: 'ACCOUNT_CHANGE', operation: 'users.resetPassword', outcome: 'ok', query: { userId, removesTwoFactor } }),
        )
      }
    },

    async createKey({ user, workspace, ...key }: NewUserKey): Promise<ApiKey & { key: string }> {
      const person = await onePerson(user, workspace)
      if (!person.active) throw new AppError('CONFLICT', `${person.name} is deactivated; their keys would not work.`)
      return apiKeys.create(actorOf(person.workspaceId, person, 'cli'), key)
    },

    async revokeKey(id: string): Promise<void> {
      const workspaceId = await directory.findKeyWorkspace(id)
      if (workspaceId === undefined) throw notFound(`The API key "${id}"`)
      await apiKeys.revoke(doorkeeper(workspaceId), id)
    },

    async listKeys(): Promise<ApiKey[]> {
      const keys: ApiKey[] = []
      for (const workspaceId of await directory.listWorkspaceIds()) keys.push(...(await apiKeys.list(doorkeeper(workspaceId))))
      return keys
    },
  }
}
