import type { Transaction } from '#backend/infra/database/database.ts'
import type { Role } from '#backend/kernel/actor.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { newId } from '#backend/kernel/ids.ts'
import type { AccountsDatabase } from '../accounts/accounts-database.ts'
import { findMembership, putMembership } from '../accounts/memberships.repository.ts'
import { findPersonByEmail } from '../accounts/workspace-people.ts'
import { insertPerson, isTeam, updatePerson } from './people.repository.ts'

export interface NewMember {
  accountId: string
  name: string
  email: string
  role: Role
  teamId?: string | null
}

/**
 * Makes an account somebody of the transaction's workspace: the person with its address when there is one without an account, else a new one.
 * @returns the person's id
 */
export async function addMember(tx: Transaction, accounts: AccountsDatabase, member: NewMember): Promise<string> {
  const known = await findPersonByEmail(tx, member.email)
  const membership = known === undefined ? undefined : await findMembership(accounts.query, { workspaceId: tx.workspaceId, userId: known.id })
  if (membership !== undefined && membership.accountId !== member.accountId)
    throw new AppError('CONFLICT', `Somebody with the address ${member.email} is in this workspace already.`)
  const id = known?.id ?? newId()
  if (known === undefined) await insertPerson(tx, { id, name: member.name, email: member.email, role: member.role })
  const teamId = member.teamId != null && (await isTeam(tx, member.teamId)) ? member.teamId : undefined
  await updatePerson(tx, id, { role: member.role, active: true, teamId })
  // Last: should the transaction fail after all, a membership of nobody opens nothing.
  await putMembership(accounts.query, { accountId: member.accountId, workspaceId: tx.workspaceId, userId: id })
  return id
}
