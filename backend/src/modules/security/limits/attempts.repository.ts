import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { type AttemptCount, freshCount } from './attempt-count.ts'

interface Row {
  since: string
  failures: number
  pending: number
  pendingSince: string
  lockedUntil: string | null
}

const iso = (time: number) => new Date(time).toISOString()

/** The count of a key, held until the transaction ends so that attempts made at once come one after the other. */
export async function holdCount(tx: Transaction, key: string, now: number): Promise<AttemptCount> {
  const { since, failures, pending, pendingSince } = freshCount(now)
  const [row] = await tx.query<Row>(sql`
    insert into sign_in_failures as f (key, since, failures, pending, pending_since) values (${key}, ${iso(since)}, ${failures}, ${pending}, ${iso(pendingSince)})
    on conflict (key) do update set key = f.key
    returning f.since, f.failures, f.pending, f.pending_since as "pendingSince", f.locked_until as "lockedUntil"`)
  if (row === undefined) throw new Error('A count that was written is not there.')
  return {
    ...row,
    since: Date.parse(row.since),
    pendingSince: Date.parse(row.pendingSince),
    lockedUntil: row.lockedUntil === null ? null : Date.parse(row.lockedUntil),
  }
}

/** Keeps a count that is held. */
export async function writeCount(tx: Transaction, key: string, count: AttemptCount): Promise<void> {
  await tx.query(sql`
    update sign_in_failures set since = ${iso(count.since)}, failures = ${count.failures}, pending = ${count.pending},
      pending_since = ${iso(count.pendingSince)}, locked_until = ${count.lockedUntil === null ? null : iso(count.lockedUntil)}
    where key = ${key}`)
}

/** Whether the account was signed in to from the address since then. */
export async function isKnownAddress(tx: Transaction, account: string, address: string, since: number): Promise<boolean> {
  const rows = await tx.query(sql`select 1 from sign_in_addresses where account = ${account} and address = ${address} and last_at > ${iso(since)}`)
  return rows.length > 0
}

/** Remembers from where an account was signed in to. */
export async function rememberAddress(tx: Transaction, account: string, address: string, now: number): Promise<void> {
  await tx.query(sql`
    insert into sign_in_addresses (account, address, last_at) values (${account}, ${address}, ${iso(now)})
    on conflict (account, address) do update set last_at = excluded.last_at`)
}

/** Removes counts and addresses that decide nothing any more. */
export async function removeOldAttempts(tx: Transaction, countsBefore: number, addressesBefore: number): Promise<void> {
  // What an attempt holds right now is left for the next time: waiting for it could lock the two against each other.
  await tx.query(sql`
    delete from sign_in_failures where key in (
      select key from sign_in_failures where since < ${iso(countsBefore)} and (locked_until is null or locked_until < ${iso(countsBefore)})
      limit 20000 for update skip locked)`)
  await tx.query(sql`delete from sign_in_addresses where last_at < ${iso(addressesBefore)}`)
}
