import { type Database, sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Actor, Role } from '#backend/kernel/actor.ts'

export type UserActor = Extract<Actor, { type: 'user' }>

/** A row of `users`: somebody of a workspace, with or without an account. */
export interface WorkspacePerson {
  id: string
  name: string
  email: string | null
  role: Role
  active: boolean
}

/** Acts for the doors of a workspace, before or beside the person who comes in. */
export function doorkeeper(workspaceId: string): Actor {
  return { type: 'system', workspaceId, job: 'access' }
}

export async function findPerson(tx: Transaction, userId: string): Promise<WorkspacePerson | undefined> {
  const [person] = await tx.query<WorkspacePerson>(
    sql`select id, name, email, role, active from users where workspace_id = ${tx.workspaceId} and id = ${userId}`,
  )
  return person
}

export async function findPersonByEmail(tx: Transaction, email: string): Promise<WorkspacePerson | undefined> {
  const [person] = await tx.query<WorkspacePerson>(
    sql`select id, name, email, role, active from users where workspace_id = ${tx.workspaceId} and lower(email) = lower(${email})`,
  )
  return person
}

/** The person, unless they were deactivated or are not there. */
export async function findActivePerson(
  database: Database,
  { workspaceId, userId }: { workspaceId: string; userId: string },
): Promise<WorkspacePerson | undefined> {
  const person = await database.transaction(doorkeeper(workspaceId), (tx) => findPerson(tx, userId), { readOnly: true })
  return person?.active === true ? person : undefined
}

export function actorOf(workspaceId: string, { id, name, role }: WorkspacePerson, via: UserActor['via']): UserActor {
  return { type: 'user', workspaceId, userId: id, name, role, via }
}
