import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { SelfTestRun, SelfTestRunDetail } from '#contracts/self-test.ts'

const columns = sql`id, name, status, started_by as "startedBy", started_at as "startedAt", duration_ms as "durationMs", progress, error`

export interface NewRun {
  id: string
  name: string
  startedBy: string
  startedAt: string
  until: string
}

/** Begins a run unless one is going on; a run whose time is over is broken. @returns whether it began */
export async function beginRun(tx: Transaction, { id, name, startedBy, startedAt, until }: NewRun): Promise<boolean> {
  await tx.query(sql`
    update self_test_runs set status = 'broken', progress = null, error = 'The process that ran it was ended.'
    where workspace_id = ${tx.workspaceId} and status = 'running' and until < ${startedAt}`)
  const rows = await tx.query(sql`
    insert into self_test_runs (workspace_id, id, name, status, started_by, started_at, until)
    values (${tx.workspaceId}, ${id}, ${name}, 'running', ${startedBy}, ${startedAt}, ${until})
    on conflict (workspace_id) where status = 'running' do nothing returning id`)
  return rows.length === 1
}

export async function findRunning(tx: Transaction): Promise<SelfTestRun | undefined> {
  const [run] = await tx.query<SelfTestRun & Record<string, unknown>>(
    sql`select ${columns} from self_test_runs where workspace_id = ${tx.workspaceId} and status = 'running'`,
  )
  return run
}

export async function noteProgress(tx: Transaction, id: string, progress: NonNullable<SelfTestRun['progress']>): Promise<void> {
  await tx.query(sql`
    update self_test_runs set progress = ${JSON.stringify(progress)}::jsonb where workspace_id = ${tx.workspaceId} and id = ${id} and status = 'running'`)
}

export interface EndedRun {
  status: 'passed' | 'failed' | 'broken'
  durationMs: number
  report: unknown
  error: string | null
}

/** Ends a run. */
export async function endRun(tx: Transaction, id: string, { status, durationMs, report, error }: EndedRun): Promise<void> {
  await tx.query(sql`
    update self_test_runs set status = ${status}, duration_ms = ${durationMs}, progress = null, error = ${error},
      report = ${report === undefined ? null : JSON.stringify(report)}::jsonb
    where workspace_id = ${tx.workspaceId} and id = ${id}`)
}

/** Keeps a run that went by without keeping others waiting. */
export async function addEndedRun(tx: Transaction, run: NewRun, ended: EndedRun): Promise<void> {
  await tx.query(sql`
    insert into self_test_runs (workspace_id, id, name, status, started_by, started_at, until)
    values (${tx.workspaceId}, ${run.id}, ${run.name}, 'broken', ${run.startedBy}, ${run.startedAt}, ${run.until})`)
  await endRun(tx, run.id, ended)
}

/** Forgets the oldest runs beyond `kept`. */
export async function forgetOldRuns(tx: Transaction, kept: number): Promise<void> {
  await tx.query(sql`
    delete from self_test_runs where workspace_id = ${tx.workspaceId} and id in (
      select id from self_test_runs where workspace_id = ${tx.workspaceId} and status <> 'running' order by started_at desc, id desc offset ${kept})`)
}

/** Runs, newest first. */
export async function listRuns(tx: Transaction, limit: number): Promise<SelfTestRun[]> {
  return tx.query<SelfTestRun & Record<string, unknown>>(
    sql`select ${columns} from self_test_runs where workspace_id = ${tx.workspaceId} order by started_at desc, id desc limit ${limit}`,
  )
}

export async function findRun(tx: Transaction, id: string): Promise<SelfTestRunDetail | undefined> {
  const [run] = await tx.query<SelfTestRunDetail & Record<string, unknown>>(
    sql`select ${columns}, report from self_test_runs where workspace_id = ${tx.workspaceId} and id = ${id}`,
  )
  return run
}
