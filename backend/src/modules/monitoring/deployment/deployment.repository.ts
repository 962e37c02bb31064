import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Release } from '#contracts/deployment.ts'

export interface FlagRow {
  name: string
  enabled: boolean
  percentage: number
  targets: string[]
  updatedAt: string
}

const releaseColumns = sql`version, git_commit as commit, build_number as build, deployed_by as "deployedBy", environment, started_at as "startedAt"`

/** Notes a release that is not the one noted last; several processes of it are one. */
export async function noteRelease(tx: Transaction, id: string, release: Release): Promise<void> {
  await tx.query(sql`select pg_advisory_xact_lock(hashtextextended('deployments', 0))`)
  await tx.query(sql`
    insert into deployments (id, version, git_commit, build_number, deployed_by, environment, started_at)
    select ${id}, ${release.version}, ${release.commit}, ${release.build}, ${release.deployedBy}, ${release.environment}, ${release.startedAt}
    where (${release.version}::text, ${release.commit}::text, ${release.build}::text) is distinct from
      (select (version, git_commit, build_number) from deployments order by started_at desc, id desc limit 1)`)
}

/** Releases, newest first. */
export async function listReleases(tx: Transaction, limit: number): Promise<Release[]> {
  return tx.query<Release>(sql`select ${releaseColumns} from deployments order by started_at desc, id desc limit ${limit}`)
}

export async function listFlags(tx: Transaction): Promise<FlagRow[]> {
  return tx.query<FlagRow>(sql`select name, enabled, percentage, targets, updated_at as "updatedAt" from feature_flags order by name`)
}

export async function putFlag(tx: Transaction, flag: FlagRow): Promise<void> {
  await tx.query(sql`
    insert into feature_flags (name, enabled, percentage, targets, updated_at)
    values (${flag.name}, ${flag.enabled}, ${flag.percentage}, ${sql.param(flag.targets)}::text[], ${flag.updatedAt})
    on conflict (name) do update set enabled = excluded.enabled, percentage = excluded.percentage, targets = excluded.targets, updated_at = excluded.updated_at`)
}

export async function removeFlag(tx: Transaction, name: string): Promise<void> {
  await tx.query(sql`delete from feature_flags where name = ${name}`)
}

export interface FlagChangeRow {
  name: string
  before: unknown
  after: unknown
  changedBy: string
  changedAt: string
}

export async function noteFlagChange(tx: Transaction, id: string, { name, before, after, changedBy, changedAt }: FlagChangeRow): Promise<void> {
  await tx.query(sql`
    insert into feature_flag_changes (id, name, before, after, changed_by, changed_at)
    values (${id}, ${name}, ${JSON.stringify(before)}::jsonb, ${JSON.stringify(after)}::jsonb, ${changedBy}, ${changedAt})`)
}

export async function listFlagChanges(tx: Transaction, limit: number): Promise<FlagChangeRow[]> {
  return tx.query<FlagChangeRow>(sql`
    select name, before, after, changed_by as "changedBy", changed_at as "changedAt" from feature_flag_changes order by changed_at desc, id desc limit ${limit}`)
}
