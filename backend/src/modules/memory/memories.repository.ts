import { type SQL, sql, type Transaction } from '#backend/infra/database/database.ts'
import { actorId } from '#backend/kernel/actor.ts'
import { newId } from '#backend/kernel/ids.ts'
import type { Memory } from '#contracts/memory.ts'
import type { Extracted, MemoryScope, Said } from './memory.types.ts'
import { dropOwnReadings } from './reading/readings.repository.ts'

/** One's own, and what is everybody's here; admins, whom no policy binds, see no more either. */
const readable = (tx: Transaction) => sql`m.workspace_id = ${tx.workspaceId} and (m.actor_id = ${actorId(tx.actor)} or m.actor_id is null)`
const ownedBy = (tx: Transaction, scope: MemoryScope) =>
  scope === 'person'
    ? sql`m.workspace_id = ${tx.workspaceId} and m.actor_id = ${actorId(tx.actor)}`
    : sql`m.workspace_id = ${tx.workspaceId} and m.actor_id is null`

const columns = (
  tx: Transaction,
) => sql`m.id, case when m.actor_id is null then 'workspace' else 'person' end as scope, m.kind, m.subject, m.text, m.key, m.value, m.confidence,
  m.created_at as "createdAt", m.updated_at as "updatedAt", m.last_used_at as "lastUsedAt", m.superseded_at as "supersededAt", m.superseded_by as "supersededBy",
  (select count(*) from memory_sources s where s.workspace_id = m.workspace_id and s.memory_id = m.id) as sources,
  (select json_build_object('sessionId', s.session_id, 'messageId', s.message_id, 'excerpt', s.excerpt,
      'at', to_char(s.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
    from memory_sources s where s.workspace_id = m.workspace_id and s.memory_id = m.id and s.actor_id = ${actorId(tx.actor)} order by s.at desc, s.id desc limit 1) as source`

/** Writes about one person wait for each other, so that a key has one value. */
export async function lockMemories(tx: Transaction, scope: MemoryScope): Promise<void> {
  const owner = `memory/${tx.workspaceId}/${scope === 'person' ? actorId(tx.actor) : ''}`
  await tx.query(sql`select pg_advisory_xact_lock(hashtextextended(${owner}, 0))`)
}

/** Whether the person's own switch is on; it is until it is turned off. */
export async function isEnabled(tx: Transaction): Promise<boolean> {
  const [row] = await tx.query<{ enabled: boolean }>(
    sql`select enabled from memory_settings where workspace_id = ${tx.workspaceId} and actor_id = ${actorId(tx.actor)}`,
  )
  return row?.enabled ?? true
}

export async function saveEnabled(tx: Transaction, enabled: boolean, now: Date): Promise<void> {
  if (!enabled) await dropOwnReadings(tx)
  await tx.query(sql`
    insert into memory_settings (workspace_id, actor_id, enabled, at) values (${tx.workspaceId}, ${actorId(tx.actor)}, ${enabled}, ${now.toISOString()})
    on conflict (workspace_id, actor_id) do update set enabled = excluded.enabled, at = excluded.at`)
}

/** Whether the session is there, the person's, and remembers; it stays until the transaction ends, so that its deletion comes after. */
export async function sessionRemembers(tx: Transaction, sessionId: string): Promise<boolean> {
  const [row] = await tx.query<{ memory: boolean }>(
    sql`select memory from chat_sessions where workspace_id = ${tx.workspaceId} and id = ${sessionId} and actor_id = ${actorId(tx.actor)} for key share`,
  )
  return row?.memory ?? false
}

/** The same, of a transaction that only reads. */
export async function sessionRecalls(tx: Transaction, sessionId: string): Promise<boolean> {
  const [row] = await tx.query<{ memory: boolean }>(
    sql`select memory from chat_sessions where workspace_id = ${tx.workspaceId} and id = ${sessionId} and actor_id = ${actorId(tx.actor)}`,
  )
  return row?.memory ?? true
}

export async function countMemories(tx: Transaction, scope: MemoryScope): Promise<number> {
  const [row] = await tx.query<{ count: number }>(sql`select count(*) as count from memories m where ${ownedBy(tx, scope)}`)
  return row?.count ?? 0
}

/** Keeps what was said: again what is known, beside it what is new, and instead of it what contradicts. @returns its id */
export async function keepMemory(
  tx: Transaction,
  memory: Extracted,
  { scope, said, now, queue }: { scope: MemoryScope; said: Pick<Said, 'sessionId' | 'messageId'> | undefined; now: Date; queue: boolean },
): Promise<string> {
  const at = now.toISOString()
  const [known] = await tx.query<{ id: string }>(sql`
    select m.id from memories m where ${ownedBy(tx, scope)} and m.key = ${memory.key} and m.superseded_at is null and fold(m.value) = fold(${memory.value})`)
  const id = known?.id ?? newId()
  if (known === undefined) {
    const actor = scope === 'person' ? actorId(tx.actor) : null
    await tx.query(sql`
      update memories m set superseded_at = ${at}, superseded_by = ${id} where ${ownedBy(tx, scope)} and m.key = ${memory.key} and m.superseded_at is null`)
    await tx.query(sql`
      insert into memories (workspace_id, id, actor_id, kind, subject, key, value, text, confidence, created_at, updated_at)
      values (${tx.workspaceId}, ${id}, ${actor}, ${memory.kind}, ${memory.subject}, ${memory.key}, ${memory.value}, ${memory.text}, ${memory.confidence}, ${at}, ${at})`)
    if (queue) await queueStore(tx, id, actor)
  } else
    await tx.query(sql`
      update memories m set updated_at = ${at}, confidence = greatest(m.confidence, ${memory.confidence}) where m.workspace_id = ${tx.workspaceId} and m.id = ${id}`)
  await addSource(tx, id, said === undefined ? undefined : { ...said, excerpt: memory.text }, at)
  return id
}

/** Once a session, however often it is said there. */
async function addSource(
  tx: Transaction,
  memoryId: string,
  said: { sessionId: string; messageId: string; excerpt: string } | undefined,
  at: string,
): Promise<void> {
  const session = said?.sessionId ?? null
  await tx.query(sql`
    insert into memory_sources (workspace_id, id, memory_id, actor_id, session_id, message_id, excerpt, at)
    select ${tx.workspaceId}, ${newId()}, ${memoryId}, ${actorId(tx.actor)}, ${session}::uuid, ${said?.messageId ?? null}::uuid, ${said?.excerpt ?? null}, ${at}
    where not exists (select 1 from memory_sources s where s.workspace_id = ${tx.workspaceId} and s.memory_id = ${memoryId}
      and s.actor_id = ${actorId(tx.actor)} and s.session_id is not distinct from ${session}::uuid)`)
}

async function queueStore(tx: Transaction, id: string, actor: string | null): Promise<void> {
  await tx.query(sql`insert into memory_queue (workspace_id, memory_id, actor_id, operation) values (${tx.workspaceId}, ${id}, ${actor}, 'store')`)
}

export async function findMemory(tx: Transaction, id: string): Promise<Memory | undefined> {
  const [row] = await tx.query<Memory>(sql`select ${columns(tx)} from memories m where ${readable(tx)} and m.id = ${id}`)
  return row
}

/** Whether another memory of the same owner holds under this key. */
export async function isKeyTaken(tx: Transaction, id: string, scope: MemoryScope, key: string): Promise<boolean> {
  const rows = await tx.query(sql`select 1 from memories m where ${ownedBy(tx, scope)} and m.key = ${key} and m.superseded_at is null and m.id <> ${id}`)
  return rows.length > 0
}

/** Whether something under this key of the person's own was told after a moment. */
export async function isToldSince(tx: Transaction, key: string, at: string): Promise<boolean> {
  const rows = await tx.query(sql`select 1 from memories m where ${ownedBy(tx, 'person')} and m.key = ${key} and m.updated_at > ${at} limit 1`)
  return rows.length > 0
}

/** Writes a memory anew; by hand is a source of its own, which no session takes with it. */
export async function changeMemory(tx: Transaction, id: string, { kind, subject, key, value, text }: Extracted, now: Date): Promise<void> {
  const at = now.toISOString()
  await tx.query(sql`
    update memories m set kind = ${kind}, subject = ${subject}, key = ${key}, value = ${value}, text = ${text}, confidence = 1, updated_at = ${at}
    where m.workspace_id = ${tx.workspaceId} and m.id = ${id}`)
  await addSource(tx, id, undefined, at)
}

export interface MemoryPage {
  /** Folded. */
  words: readonly string[]
  history: boolean
  after: { updatedAt: string; id: string } | undefined
  limit: number
}

const holding = (words: readonly string[]): SQL =>
  words.length === 0
    ? sql``
    : sql`and ${sql.join(
        words.map((word) => sql`position(${word} in m.norm) > 0`),
        sql` and `,
      )}`

/** The last changed first. */
export async function listMemories(tx: Transaction, { words, history, after, limit }: MemoryPage): Promise<Memory[]> {
  return await tx.query<Memory>(sql`
    select ${columns(tx)} from memories m where ${readable(tx)} ${history ? sql`` : sql`and m.superseded_at is null`} ${holding(words)}
      ${after === undefined ? sql`` : sql`and (m.updated_at, m.id) < (${after.updatedAt}::timestamptz, ${after.id}::uuid)`}
    order by m.updated_at desc, m.id desc limit ${limit}`)
}

export async function countFound(tx: Transaction, { words, history }: Pick<MemoryPage, 'words' | 'history'>): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    sql`select count(*) as count from memories m where ${readable(tx)} ${history ? sql`` : sql`and m.superseded_at is null`} ${holding(words)}`,
  )
  return row?.count ?? 0
}

/** What an answer needs of a memory. */
export type HeldMemory = Pick<Memory, 'id' | 'scope' | 'kind' | 'subject' | 'text' | 'key' | 'value' | 'updatedAt'> & { norm: string }

/** All that holds now: preferences first, then the last changed. */
export async function currentMemories(tx: Transaction, limit: number): Promise<HeldMemory[]> {
  return await tx.query<HeldMemory>(sql`
    select m.id, case when m.actor_id is null then 'workspace' else 'person' end as scope, m.kind, m.subject, m.text, m.key, m.value, m.updated_at as "updatedAt", m.norm
    from memories m where ${readable(tx)} and m.superseded_at is null order by m.kind desc, m.updated_at desc, m.id desc limit ${limit}`)
}

/** Removes memories with what they had replaced, and lets history follow. @returns the ids that went */
export async function deleteMemories(tx: Transaction, ids: readonly string[]): Promise<string[]> {
  await dropOwnReadings(tx)
  const rows = await tx.query<{ id: string; key: string }>(sql`
    with recursive gone(id) as (
      select unnest(${sql.param([...ids])}::uuid[])
      union select m.id from memories m join gone g on m.superseded_by = g.id where m.workspace_id = ${tx.workspaceId})
    delete from memories m using gone g where m.workspace_id = ${tx.workspaceId} and m.id = g.id returning m.id, m.key`)
  if (rows.length > 0) await tx.query(sql`select settle_memories(${sql.param(rows.map(({ key }) => key))}::text[])`)
  return rows.map(({ id }) => id)
}

/** Everything of the person's own; what is everybody's stays. @returns the ids that went */
export async function deleteOwnMemories(tx: Transaction): Promise<string[]> {
  await dropOwnReadings(tx)
  const rows = await tx.query<{ id: string }>(sql`delete from memories m where ${ownedBy(tx, 'person')} returning m.id`)
  return rows.map(({ id }) => id)
}

export async function noteUse(tx: Transaction, ids: readonly string[], now: Date): Promise<void> {
  await tx.query(
    sql`update memories m set last_used_at = ${now.toISOString()} where m.workspace_id = ${tx.workspaceId} and m.actor_id = ${actorId(tx.actor)} and m.id = any(${sql.param([...ids])}::uuid[])`,
  )
}
