import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Role } from '#backend/kernel/actor.ts'
import type { Person } from '#contracts/security.ts'

export type PersonRow = Omit<Person, 'hasAccount' | 'twoFactorEnabled' | 'lastSeenAt'>

export async function listPeople(tx: Transaction): Promise<PersonRow[]> {
  return tx.query<PersonRow>(sql`
    select u.id, u.name, u.email, u.role, u.active, case when t.id is null then null else jsonb_build_object('id', t.id, 'name', t.name) end as team
    from users u left join teams t on t.workspace_id = u.workspace_id and t.id = u.team_id
    where u.workspace_id = ${tx.workspaceId} order by u.active desc, lower(u.name), u.id limit 5000`)
}

export interface PersonChange {
  name?: string | undefined
  role?: Role | undefined
  teamId?: string | null | undefined
  active?: boolean | undefined
}

export async function updatePerson(tx: Transaction, id: string, { name, role, teamId, active }: PersonChange): Promise<void> {
  const changes = [
    ...(name === undefined ? [] : [sql`name = ${name}`]),
    ...(role === undefined ? [] : [sql`role = ${role}`]),
    ...(teamId === undefined ? [] : [sql`team_id = ${teamId}`]),
    ...(active === undefined ? [] : [sql`active = ${active}`]),
  ]
  if (changes.length === 0) return
  await tx.query(sql`update users set ${sql.join(changes, sql`, `)} where workspace_id = ${tx.workspaceId} and id = ${id}`)
}

export async function insertPerson(tx: Transaction, person: { id: string; name: string; email: string | null; role: Role }): Promise<void> {
  await tx.query(
    sql`insert into users (workspace_id, id, name, email, role) values (${tx.workspaceId}, ${person.id}, ${person.name}, ${person.email}, ${person.role})`,
  )
}

export async function setPersonEmail(tx: Transaction, id: string, email: string): Promise<void> {
  await tx.query(sql`update users set email = ${email} where workspace_id = ${tx.workspaceId} and id = ${id}`)
}

/** Locks the owners, so that of two who step down at the same moment one stays. */
export async function lockActiveOwners(tx: Transaction): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    sql`select id from users where workspace_id = ${tx.workspaceId} and role = 'owner' and active order by id for update`,
  )
  return rows.map(({ id }) => id)
}

export async function isTeam(tx: Transaction, id: string): Promise<boolean> {
  return (await tx.query(sql`select 1 from teams where workspace_id = ${tx.workspaceId} and id = ${id}`)).length > 0
}

export async function workspaceName(tx: Transaction): Promise<string> {
  const [row] = await tx.query<{ name: string }>(sql`select name from workspaces where id = ${tx.workspaceId}`)
  return row?.name ?? 'a workspace'
}
