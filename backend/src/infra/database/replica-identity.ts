/** What a PostgreSQL says of itself and its place in the log. */
export interface Identity {
  /** Where it is in the log: what a primary has written for good, or what a standby has taken over. */
  lsn: string | null
  timeline: number
  /** The same for a primary and its standbys, and for no other. */
  system: string
  database: string
  isStandby: boolean
}

const same = `(select system_identifier::text from pg_control_system()) as system,
  (select oid::text from pg_database where datname = current_database()) as database, pg_is_in_recovery() as "isStandby"`

/** What is acknowledged has been flushed. */
export const flushedStatement = 'select pg_current_wal_flush_lsn()::text as lsn'

export const primaryStatement = `select pg_current_wal_flush_lsn()::text as lsn,
  ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int as timeline, ${same}`

export const replicaStatement = `select pg_last_wal_replay_lsn()::text as lsn,
  (select greatest(r.min_recovery_end_timeline, c.timeline_id) from pg_control_recovery() r, pg_control_checkpoint() c) as timeline, ${same}`

/** Why what answers under DATABASE_READ_URL is not a standby of the primary whose rows are right; undefined when it is. */
export function findMismatch(primary: Identity, replica: Identity): string | undefined {
  if (primary.system !== replica.system) return 'it is no replica of DATABASE_URL, but a PostgreSQL of its own'
  if (primary.database !== replica.database) return 'it is another database than that of DATABASE_URL'
  if (!replica.isStandby) return 'it is no replica any more: it takes changes itself'
  if (replica.timeline !== primary.timeline) return 'it does not follow DATABASE_URL since that took over from another server'
  return replica.lsn === null ? 'it has taken over nothing yet' : undefined
}
