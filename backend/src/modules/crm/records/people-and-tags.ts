import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { newId } from '#backend/kernel/ids.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import { parseRecord } from './parse-record.ts'
import type { RecordJson } from './record-reader.ts'
import { insertRecords, updateRecords } from './record-writer.ts'
import { throwIfInvalid } from './throw-if-invalid.ts'

/** Adds a person whom records can belong to; whoever was deleted comes back with their address, and what they did stays theirs. */
export async function createUser(tx: Transaction, input: Record<string, unknown>, now: Date): Promise<string> {
  const record = parseRecord('users', input, { customFields: [], timeZone: 'UTC' })
  throwIfInvalid(record.errors)
  refuseOwnersBusiness(tx, record.values.role)
  const deleted = await findDeleted(tx, record.values.email)
  if (deleted !== undefined) return bringBack(tx, deleted, record.values)
  await refuseTakenAddress(tx, record.values.email)
  record.values.name ??= record.values.email
  const [id] = await insertRecords(tx, 'users', [record.values], { now })
  return id as string
}

interface DeletedUser {
  id: string
  name: string
  role: string
}

async function findDeleted(tx: Transaction, email: unknown): Promise<DeletedUser | undefined> {
  if (typeof email !== 'string') return undefined
  const [user] = await tx.query<DeletedUser>(
    sql`select id, name, role from users where workspace_id = ${tx.workspaceId} and lower(email) = lower(${email}) and deleted_at is not null`,
  )
  return user
}

/** What is not said anew is as they left it, but for rights: these are given anew. */
async function bringBack(tx: Transaction, user: DeletedUser, { name, role, active }: Record<string, unknown>): Promise<string> {
  refuseOwnersBusiness(tx, user.role)
  await tx.query(sql`
    update users set name = ${name ?? user.name}, role = ${role ?? 'rep'}, active = ${active ?? true}, deleted_at = null
    where workspace_id = ${tx.workspaceId} and id = ${user.id}`)
  return user.id
}

export async function updateUser(tx: Transaction, before: RecordJson, input: Record<string, unknown>): Promise<void> {
  const record = parseRecord('users', input, { customFields: [], timeZone: 'UTC', partial: true })
  if (record.values.name === null) record.errors.push({ field: 'name', message: 'Name must not be empty.' })
  throwIfInvalid(record.errors)
  await refuseTakenAddress(tx, record.values.email, before.id)
  const after = { ...before, ...record.values }
  refuseOwnersBusiness(tx, before.role, after.role)
  if (before.role === 'owner' && (after.role !== 'owner' || after.active === false)) await refuseLastOwner(tx, before.id)
  await tx.query(sql`
    update users set name = ${after.name}, email = ${after.email ?? null}, role = ${after.role ?? 'rep'}, active = ${after.active ?? true}
    where workspace_id = ${tx.workspaceId} and id = ${before.id}`)
}

async function refuseTakenAddress(tx: Transaction, email: unknown, ownId?: string): Promise<void> {
  if (typeof email !== 'string') return
  const rows = await tx.query<{ id: string; name: string; deleted: boolean }>(
    sql`select id, name, deleted_at is not null as deleted from users where workspace_id = ${tx.workspaceId} and lower(email) = lower(${email})`,
  )
  const other = rows.find(({ id }) => id !== ownId)
  if (other === undefined) return
  const message = other.deleted
    ? `${other.name}, who was deleted, has the e-mail "${email}". Bring them back instead: under Settings, People, or by adding them anew.`
    : `Another user already has the e-mail "${email}".`
  throw new AppError('CONFLICT', message, { details: [{ field: 'email', message: 'is taken' }] })
}

/** Owners alone make, change and let go of owners. */
function refuseOwnersBusiness({ actor }: Transaction, ...involved: unknown[]): void {
  if (actor.type === 'user' && actor.role !== 'owner' && involved.includes('owner'))
    throw new AppError('FORBIDDEN', 'Only an owner may make somebody an owner, or change one.')
}

async function refuseLastOwner(tx: Transaction, id: string): Promise<void> {
  const [other] = await tx.query(sql`select 1 from users where workspace_id = ${tx.workspaceId} and role = 'owner' and active and id <> ${id} limit 1`)
  if (other === undefined) throw new AppError('CONFLICT', 'A workspace keeps at least one active owner; make somebody else owner first.')
}

/** People are never removed, so that history keeps its names; they are made inactive, and not listed any more. */
export async function setUserDeleted(tx: Transaction, id: string, deletedAt: Date | null): Promise<void> {
  const active = deletedAt === null
  const [user] = await tx.query<{ role: string }>(sql`select role from users where workspace_id = ${tx.workspaceId} and id = ${id}`)
  refuseOwnersBusiness(tx, user?.role)
  if (!active && user?.role === 'owner') await refuseLastOwner(tx, id)
  await tx.query(
    sql`update users set active = ${active}, deleted_at = ${deletedAt?.toISOString() ?? null} where workspace_id = ${tx.workspaceId} and id = ${id}`,
  )
}

export async function createTag(tx: Transaction, input: Record<string, unknown>, now: Date): Promise<string> {
  const name = parseTagName(input)
  await refuseTakenTag(tx, name)
  const id = newId()
  await tx.query(sql`insert into tags (workspace_id, id, name, created_at) values (${tx.workspaceId}, ${id}, ${name}, ${now.toISOString()})`)
  return id
}

/** Renames a tag on every record that has it. */
export async function updateTag(tx: Transaction, before: RecordJson, input: Record<string, unknown>, now: Date): Promise<void> {
  if (Object.keys(input).length === 0) return
  const name = parseTagName(input)
  await refuseTakenTag(tx, name, before.id)
  await tx.query(sql`update tags set name = ${name} where workspace_id = ${tx.workspaceId} and id = ${before.id}`)
  await changeTagOnRecords(tx, before.name as string, name, now)
}

/** Removes a tag here and from every record that has it. */
export async function deleteTag(tx: Transaction, tag: RecordJson, now: Date): Promise<void> {
  await tx.query(sql`
    insert into deleted_tags (workspace_id, id, name, created_at, listed, deleted_at)
    select workspace_id, id, name, created_at, listed, ${now.toISOString()} from tags where workspace_id = ${tx.workspaceId} and id = ${tag.id}
    on conflict (workspace_id, id) do update set name = excluded.name, listed = excluded.listed, deleted_at = excluded.deleted_at`)
  await tx.query(sql`delete from tags where workspace_id = ${tx.workspaceId} and id = ${tag.id}`)
  await changeTagOnRecords(tx, tag.name as string, null, now)
}

/** Brings a deleted tag back, and onto the records that had it when it was deleted. @throws AppError CONFLICT when another has its name by now */
export async function restoreTag(tx: Transaction, id: string, now: Date): Promise<void> {
  const [tag] = await tx.query<{ name: string; deletedAt: string }>(sql`
    select name, deleted_at as "deletedAt" from deleted_tags d where workspace_id = ${tx.workspaceId} and id = ${id}
      and not exists (select 1 from tags t where t.workspace_id = d.workspace_id and t.id = d.id)`)
  if (tag === undefined) return
  await refuseTakenTag(tx, tag.name, id)
  await tx.query(sql`
    with gone as (delete from deleted_tags where workspace_id = ${tx.workspaceId} and id = ${id} returning *)
    insert into tags (workspace_id, id, name, created_at, listed) select workspace_id, id, name, created_at, listed from gone`)
  const lost = await tx.query<{ entity: EntityName; ids: string[] }>(sql`
    select entity, array_agg(distinct record_id) as ids from field_history
    where workspace_id = ${tx.workspaceId} and field = 'tags' and at = ${tag.deletedAt}
      and jsonb_exists(old_value, ${tag.name}) and not jsonb_exists(coalesce(new_value, '[]'), ${tag.name}) group by entity`)
  for (const { entity, ids } of lost) {
    const rows = await tx.query<{ id: string; tags: string[] }>(sql`
      select id, tags from ${sql.identifier(entities[entity].table)} where workspace_id = ${tx.workspaceId} and id = any(${sql.param(ids)}::uuid[]) and deleted_at is null`)
    await updateRecords(
      tx,
      entity,
      rows.map(({ id, tags }) => ({ id, values: { tags: [...new Set([...tags, tag.name])] } })),
      { now },
    )
  }
}

async function changeTagOnRecords(tx: Transaction, from: string, to: string | null, now: Date): Promise<void> {
  const tagged = (Object.keys(entities) as EntityName[]).filter((entity) => entities[entity].record && entities[entity].fields.tags !== undefined)
  for (const entity of tagged) {
    const rows = await tx.query<{ id: string; tags: string[] }>(
      sql`select id, tags from ${sql.identifier(entities[entity].table)} where workspace_id = ${tx.workspaceId} and ${from} = any(tags) and deleted_at is null`,
    )
    await updateRecords(
      tx,
      entity,
      rows.map(({ id, tags }) => ({ id, values: { tags: [...new Set(tags.flatMap((tag) => (tag === from ? (to ?? []) : tag)))] } })),
      { now },
    )
    await tx.query(sql`delete from field_values where workspace_id = ${tx.workspaceId} and entity = ${entity} and field = 'tags' and value = ${from}`)
  }
}

function parseTagName(input: Record<string, unknown>): string {
  const record = parseRecord('tags', input, { customFields: [], timeZone: 'UTC' })
  throwIfInvalid(record.errors)
  return record.values.name as string
}

async function refuseTakenTag(tx: Transaction, name: string, ownId?: string): Promise<void> {
  // One that only restricted records had is nobody's secret any more once it is made for all.
  await tx.query(sql`select list_tags(array[${name}])`)
  const rows = await tx.query<{ id: string }>(sql`select id from tags where workspace_id = ${tx.workspaceId} and lower(name) = lower(${name})`)
  if (rows.some(({ id }) => id !== ownId))
    throw new AppError('CONFLICT', `There already is a tag "${name}".`, { details: [{ field: 'name', message: 'is taken' }] })
}
