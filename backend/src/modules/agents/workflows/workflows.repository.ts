import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { WorkflowName, WorkflowRun, WorkflowStep } from '#contracts/workflows.ts'
import type { WorkflowSource, WorkflowState } from './workflow.ts'

export interface WorkflowRow {
  id: string
  name: WorkflowName
  status: WorkflowRun['status']
  source: WorkflowSource
  userId: string
  state: WorkflowState
  steps: WorkflowStep[]
  error: string | null
  attempts: number
  createdAt: string
  endedAt: string | null
}

const columns = sql`id, name, status, source, user_id as "userId", state, steps, error, attempts, created_at as "createdAt", ended_at as "endedAt"`

/** @returns the id of the run under the key, which may have been there */
export async function insertRun(
  tx: Transaction,
  run: { id: string; name: WorkflowName; source: WorkflowSource; userId: string; key: string; now: string },
): Promise<string> {
  await tx.query(sql`
    insert into agent_workflows (workspace_id, id, name, source, user_id, key, due_at, created_at)
    values (${tx.workspaceId}, ${run.id}, ${run.name}, ${JSON.stringify(run.source)}::jsonb, ${run.userId}, ${run.key}, ${run.now}, ${run.now})
    on conflict (workspace_id, user_id, key) where key is not null do nothing`)
  const [row] = await tx.query<{ id: string }>(
    sql`select id from agent_workflows where workspace_id = ${tx.workspaceId} and user_id = ${run.userId} and key = ${run.key}`,
  )
  return row?.id ?? run.id
}

export async function findRun(tx: Transaction, id: string): Promise<WorkflowRow | undefined> {
  const [row] = await tx.query<WorkflowRow>(sql`select ${columns} from agent_workflows where workspace_id = ${tx.workspaceId} and id = ${id}`)
  return row
}

export async function listRuns(tx: Transaction, limit: number): Promise<WorkflowRow[]> {
  return tx.query<WorkflowRow>(
    sql`select ${columns} from agent_workflows where workspace_id = ${tx.workspaceId} order by created_at desc, id desc limit ${limit}`,
  )
}

/** Takes a run whose next step is due and that nobody holds. */
export async function claimRun(tx: Transaction, holder: string, { now, until }: { now: string; until: string }): Promise<WorkflowRow | undefined> {
  const [row] = await tx.query<WorkflowRow>(sql`
    update agent_workflows set holder = ${holder}, held_until = ${until}
    where workspace_id = ${tx.workspaceId} and id = (
      select id from agent_workflows where workspace_id = ${tx.workspaceId} and status = 'running' and due_at <= ${now} and (held_until is null or held_until < ${now})
      order by due_at, id limit 1 for update skip locked)
    returning ${columns}`)
  return row
}

/** Keeps what a step did, unless another process has taken the run over meanwhile. */
export async function advanceRun(
  tx: Transaction,
  run: { id: string; holder: string; state: WorkflowState; steps: readonly WorkflowStep[]; isDone: boolean; now: string },
): Promise<boolean> {
  const rows = await tx.query(sql`
    update agent_workflows set state = ${JSON.stringify(run.state)}::jsonb, steps = ${JSON.stringify(run.steps)}::jsonb, attempts = 0, error = null,
      status = ${run.isDone ? 'done' : 'running'}, ended_at = ${run.isDone ? run.now : null}, holder = null, held_until = null, due_at = ${run.now}
    where workspace_id = ${tx.workspaceId} and id = ${run.id} and holder = ${run.holder} and status = 'running' returning id`)
  return rows.length > 0
}

export async function noteFailure(tx: Transaction, run: { id: string; holder: string; error: string; dueAt: string | null; now: string }): Promise<void> {
  await tx.query(sql`
    update agent_workflows set error = ${run.error}, attempts = attempts + 1, holder = null, held_until = null, due_at = ${run.dueAt ?? run.now},
      status = ${run.dueAt === null ? 'failed' : 'running'}, ended_at = ${run.dueAt === null ? run.now : null}
    where workspace_id = ${tx.workspaceId} and id = ${run.id} and holder = ${run.holder} and status = 'running'`)
}

export async function cancelRun(tx: Transaction, id: string, now: string): Promise<void> {
  await tx.query(
    sql`update agent_workflows set status = 'cancelled', ended_at = ${now}, holder = null where workspace_id = ${tx.workspaceId} and id = ${id} and status = 'running'`,
  )
}
