import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { SelfTestRun, SelfTestRunDetail } from '#contracts/self-test.ts'

const columns = sql`id, name, status, started_by as "startedBy", started_at as "startedAt", duration_ms as "durationMs", progress, error`

/** Begins a run unless one is going on; a run whose time is over is broken. @returns whether it began */
export async function beginRun(tx: Transaction, run: { id: string; name: string; startedBy: string; startedAt: string; until: string }): Promise<boolean> {
  await tx.query(sql`
    update self_test_runs set status = 'broken', progress = null, error = 'The process that ran it was ended.' where status = 'running' and until < ${run.startedAt}`)
  const rows = await tx.query(sql`
    insert into self_test_runs (id, name, status, started_by, started_at, until)
    values (${run.id}, ${run.name}, 'running', ${run.startedBy}, ${run.startedAt}, ${run.until})
    on conflict ((true)) where status = 'running' do nothing returning id`)
  return rows.length === 1
}

export async function findRunning(tx: Transaction): Promise<SelfTestRun | undefined> {
  const [run] = await tx.query<SelfTestRun & Record<string, unknown>>(sql`select ${columns} from self_test_runs where status = 'running'`)
  return run
}

export async function noteProgress(tx: Transaction, id: string, progress: NonNullable<SelfTestRun['progress']>): Promise<void> {
  await tx.query(sql`update self_test_runs set progress = ${JSON.stringify(progress)}::jsonb where id = ${id} and status = 'running'`)
}

export interface EndedRun {
  status: 'passed' | 'failed' | 'broken'
  durationMs: number
  report: unknown
  error: string | null
}

/** Ends a run, and forgets the oldest beyond `kept`. */
export async function endRun(tx: Transaction, id: string, { status, durationMs, report, error }: EndedRun, kept: number): Promise<void> {
  await tx.query(sql`
    update self_test_runs set status = ${status}, duration_ms = ${durationMs}, progress = null, error = ${error},
      report = ${report === undefined ? null : JSON.stringify(report)}::jsonb where id = ${id}`)
  await tx.query(sql`
    delete from self_test_runs where id in (select id from self_test_runs where status <> 'running' order by started_at desc, id desc offset ${kept})`)
}

/** Runs, newest first. */
export async function listRuns(tx: Transaction, limit: number): Promise<SelfTestRun[]> {
  return tx.query<SelfTestRun & Record<string, unknown>>(sql`select ${columns} from self_test_runs order by started_at desc, id desc limit ${limit}`)
}

export async function findRun(tx: Transaction, id: string): Promise<SelfTestRunDetail | undefined> {
  const [run] = await tx.query<SelfTestRunDetail & Record<string, unknown>>(sql`select ${columns}, report from self_test_runs where id = ${id}`)
  return run
}
