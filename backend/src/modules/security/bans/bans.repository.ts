import { sql, type Transaction } from '#backend/infra/database/database.ts'

export interface BanRow {
  id: string
  network: string
  reason: string
  automatic: boolean
  times: number
  createdAt: string
  expiresAt: string
  createdBy: string | null
}

export interface AllowedRow {
  network: string
  note: string
  createdAt: string
  createdBy: string | null
}

const mostBans = 20_000

/** Bans in force, newest first. */
export async function listBans(tx: Transaction, now: string): Promise<BanRow[]> {
  return tx.query<BanRow>(sql`
    select b.id, b.network::text, b.reason, b.automatic, b.times, b.created_at as "createdAt", b.expires_at as "expiresAt", u.name as "createdBy"
    from bans b left join users u on u.workspace_id = ${tx.workspaceId} and u.id = b.created_by
    where b.lifted_at is null and b.expires_at > ${now} order by b.created_at desc, b.id desc limit ${mostBans}`)
}

/** Adds a ban in place of the one the network has. */
export async function replaceBan(tx: Transaction, ban: Omit<BanRow, 'createdBy'> & { userId: string | null }): Promise<void> {
  await tx.query(sql`
    update bans set lifted_at = ${ban.createdAt}, lifted_by = ${ban.userId}
    where network = ${ban.network}::cidr and id <> ${ban.id} and lifted_at is null and expires_at > ${ban.createdAt}`)
  await tx.query(sql`
    insert into bans (id, network, reason, automatic, times, created_by, created_at, expires_at)
    values (${ban.id}, ${ban.network}::cidr, ${ban.reason}, ${ban.automatic}, ${ban.times}, ${ban.userId}, ${ban.createdAt}, ${ban.expiresAt})
    on conflict (id) do nothing`)
}

/** How many bans of exactly this network were lifted. */
export async function liftBan(tx: Transaction, network: string, now: string, userId: string | null): Promise<number> {
  const rows = await tx.query(sql`
    update bans set lifted_at = ${now}, lifted_by = ${userId} where network = ${network}::cidr and lifted_at is null and expires_at > ${now} returning id`)
  return rows.length
}

/** How often the ban's network was banned automatically since then, not counting this ban. */
export async function countAutomaticBans(tx: Transaction, { id, network }: { id: string; network: string }, since: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    sql`select count(*) as count from bans where network = ${network}::cidr and automatic and created_at > ${since} and id <> ${id}`,
  )
  return row?.count ?? 0
}

/** What is never banned automatically. */
export async function listAllowed(tx: Transaction): Promise<AllowedRow[]> {
  return tx.query<AllowedRow>(sql`
    select a.network::text, a.note, a.created_at as "createdAt", u.name as "createdBy"
    from ban_allow_list a left join users u on u.workspace_id = ${tx.workspaceId} and u.id = a.created_by order by a.network`)
}

export async function allow(tx: Transaction, network: string, note: string, now: string, userId: string | null): Promise<void> {
  await tx.query(sql`
    insert into ban_allow_list (network, note, created_by, created_at) values (${network}::cidr, ${note}, ${userId}, ${now})
    on conflict (network) do update set note = excluded.note`)
}

/** Whether it was there. */
export async function disallow(tx: Transaction, network: string): Promise<boolean> {
  const rows = await tx.query(sql`delete from ban_allow_list where network = ${network}::cidr returning network`)
  return rows.length > 0
}
