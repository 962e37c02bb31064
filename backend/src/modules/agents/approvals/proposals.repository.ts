import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { actorId, actorName } from '#backend/kernel/actor.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { newId } from '#backend/kernel/ids.ts'
import type { Proposal, ProposalSource } from '#contracts/approvals.ts'
import { entityNames } from '#contracts/entities.ts'
import { idsIn, type ProposalRow } from './proposal-row.ts'
import type { ProposalList } from './proposals.ts'
import type { Outcome } from './shown-state.ts'

/** The person on whose behalf a transaction runs. */
function requester(tx: Transaction): string | null {
  return tx.actor.type === 'user' ? tx.actor.userId : null
}

/** Begins a batch, or tells the one that was asked for under the same key. */
export async function beginBatch(tx: Transaction, key: string | undefined, now: Date): Promise<{ batchId: string; isNew: boolean }> {
  const batchId = newId()
  const made = await tx.query(sql`
    insert into proposal_batches (workspace_id, id, requested_by, key, created_at)
    values (${tx.workspaceId}, ${batchId}, ${requester(tx)}, ${key ?? null}, ${now.toISOString()}) on conflict do nothing returning id`)
  if (made.length > 0) return { batchId, isNew: true }
  const [known] = await tx.query<{ id: string }>(sql`
    select id from proposal_batches where workspace_id = ${tx.workspaceId} and requested_by is not distinct from ${requester(tx)}::uuid and key = ${key ?? null}`)
  if (known === undefined) throw new Error('A batch that is there was not found.')
  return { batchId: known.id, isNew: false }
}

/** Where a further request of the same answer goes in its batch, which is held until the transaction ends. */
export async function joinBatch(
  tx: Transaction,
  batchId: string,
  key: string | undefined,
  now: Date,
): Promise<{ batchId: string; isNew: boolean; firstPosition: number }> {
  await tx.query(sql`
    insert into proposal_batches (workspace_id, id, requested_by, created_at) values (${tx.workspaceId}, ${batchId}, ${requester(tx)}, ${now.toISOString()})
    on conflict do nothing`)
  const [held] = await tx.query(sql`
    select id from proposal_batches where workspace_id = ${tx.workspaceId} and id = ${batchId} and requested_by is not distinct from ${requester(tx)}::uuid for update`)
  if (held === undefined) throw new AppError('NOT_FOUND', 'This batch was not found.')
  const [place] = await tx.query<{ firstPosition: number; isThere: boolean }>(sql`
    select coalesce(max(position) + 1, 0)::int as "firstPosition", coalesce(bool_or(request_key = ${key ?? null}), false) as "isThere"
    from proposals where workspace_id = ${tx.workspaceId} and batch_id = ${batchId}`)
  return { batchId, isNew: place?.isThere !== true, firstPosition: place?.firstPosition ?? 0 }
}

export interface NewProposal {
  id: string
  position: number
  tool: string
  input: Record<string, unknown>
  risk: Proposal['risk']
  preview: Outcome
}

export interface BatchOrigin {
  batchId: string
  requestKey: string | null
  source: ProposalSource
  agent: string | null
  untrusted: boolean
  now: Date
  expiresAt: Date
}

export async function insertProposals(tx: Transaction, proposals: readonly NewProposal[], origin: BatchOrigin): Promise<void> {
  const rows = proposals.map(({ id, position, tool, input, risk, preview }) => ({ id, position, tool, input, risk, ...previewColumns(input, preview) }))
  await tx.query(sql`
    insert into proposals (workspace_id, id, batch_id, request_key, position, tool, title, input, risk, requested_by, requested_name, agent, source, untrusted,
      entity, record_id, label, before, after, about, applied, created_at, expires_at)
    select ${tx.workspaceId}, x.id, ${origin.batchId}, ${origin.requestKey}, x.position, x.tool, x.title, x.input, x.risk, ${requester(tx)}::uuid, ${actorName(tx.actor)}, ${origin.agent},
      ${JSON.stringify(origin.source)}::jsonb, ${origin.untrusted}, x.entity, x.record_id, x.label, nullif(x.before, 'null'), nullif(x.after, 'null'), x.about, x.applied,
      ${origin.now.toISOString()}, ${origin.expiresAt.toISOString()}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id uuid, position integer, tool text, title text, input jsonb, risk text, entity text, record_id uuid, label text,
      before jsonb, after jsonb, about uuid[], applied jsonb)`)
}

/** What a preview says of a proposal; a record that is not there yet has no id to show. */
function previewColumns(input: Record<string, unknown>, preview: Outcome) {
  const [main] = preview.records
  const isNew = main === undefined || main.before === null
  const there = preview.records.flatMap(({ id, before }) => (before === null ? [] : [id]))
  return {
    title: preview.title.slice(0, 300),
    entity: main?.entity ?? null,
    record_id: isNew ? null : main.id,
    label: main?.label ?? null,
    before: main?.before ?? null,
    after: main?.after ?? null,
    about: [...new Set([...there, ...idsIn(input)])],
    applied: preview,
  }
}

/** What is shown of a proposal made anew: its record has changed since, or its input was edited. */
export async function refreshPreview(tx: Transaction, id: string, input: Record<string, unknown>, preview: Outcome): Promise<void> {
  const columns = previewColumns(input, preview)
  await tx.query(sql`
    update proposals set title = ${columns.title}, label = ${columns.label}, before = ${json(columns.before)}, after = ${json(columns.after)}, applied = ${json(preview)}, error = null
    where workspace_id = ${tx.workspaceId} and id = ${id}`)
}

function json(value: unknown) {
  return sql`${value === null ? null : JSON.stringify(value)}::jsonb`
}

export interface Approval {
  applied: Outcome
  input: Record<string, unknown>
  edited: boolean
  note?: string | undefined
  /** Who decided; the transaction's actor when left out. */
  by?: { id: string; name: string; policyId: string }
  now: Date
}

/** What was queued or imported is no record that others see, so it opens the proposal to nobody. */
function recordsOf({ records }: Outcome): string[] {
  return records.flatMap(({ entity, id }) => (entityNames.some((name) => name === entity) ? [id] : []))
}

export async function markApproved(tx: Transaction, id: string, { applied, input, edited, note, by, now }: Approval): Promise<void> {
  const columns = previewColumns(input, applied)
  const main = applied.records[0]
  await tx.query(sql`
    update proposals set status = 'approved', error = null, title = ${columns.title}, input = ${json(input)}, entity = ${columns.entity}, record_id = ${main?.id ?? null}, label = ${columns.label},
      before = ${json(columns.before)}, after = ${json(columns.after)}, applied = ${json(applied)}, edited = ${edited}, note = ${note ?? null}, decided_at = ${now.toISOString()},
      about = (select coalesce(array_agg(distinct id), '{}') from unnest(about || ${sql.param(recordsOf(applied))}::uuid[]) as named(id)),
      decided_by = ${by?.id ?? actorId(tx.actor)}, decided_name = ${by?.name ?? actorName(tx.actor)}, policy_id = ${by?.policyId ?? null}
    where workspace_id = ${tx.workspaceId} and id = ${id}`)
}

export async function markRejected(tx: Transaction, ids: readonly string[], note: string | undefined, now: Date): Promise<void> {
  await tx.query(sql`
    update proposals set status = 'rejected', note = ${note ?? null}, decided_at = ${now.toISOString()}, decided_by = ${actorId(tx.actor)}, decided_name = ${actorName(tx.actor)}
    where workspace_id = ${tx.workspaceId} and id = any(${sql.param([...ids])}::uuid[])`)
}

export async function markUndone(tx: Transaction, id: string, now: Date): Promise<void> {
  await tx.query(sql`
    update proposals set status = 'undone', error = null, undone_at = ${now.toISOString()}, undone_by = ${actorId(tx.actor)}, undone_name = ${actorName(tx.actor)}
    where workspace_id = ${tx.workspaceId} and id = ${id}`)
}

/** Keeps why it could not be carried out or undone. */
export async function noteError(tx: Transaction, id: string, error: string, status?: 'failed'): Promise<void> {
  await tx.query(sql`
    update proposals set error = ${error} ${status === undefined ? sql`` : sql`, status = ${status}`} where workspace_id = ${tx.workspaceId} and id = ${id}`)
}

/** Marks what nobody has decided in time; tells how many. */
export async function expireProposals(tx: Transaction, now: Date): Promise<number> {
  const rows = await tx.query(sql`
    update proposals set status = 'expired' where workspace_id = ${tx.workspaceId} and status = 'pending' and expires_at <= ${now.toISOString()} returning id`)
  return rows.length
}

/** Locks the row, so that of two people who decide at once one goes second. */
export async function lockProposal(tx: Transaction, id: string): Promise<ProposalRow | undefined> {
  const [row] = await tx.query<ProposalRow>(sql`select * from proposals where workspace_id = ${tx.workspaceId} and id = ${id} for update`)
  return row
}

export async function lockBatch(tx: Transaction, batchId: string): Promise<ProposalRow[]> {
  return tx.query<ProposalRow>(sql`select * from proposals where workspace_id = ${tx.workspaceId} and batch_id = ${batchId} order by position for update`)
}

export async function readBatch(tx: Transaction, batchId: string): Promise<ProposalRow[]> {
  return tx.query<ProposalRow>(sql`select * from proposals where workspace_id = ${tx.workspaceId} and batch_id = ${batchId} order by position`)
}

/** Ids of all proposals of a batch that the actor sees. */
export async function batchIds(tx: Transaction, batchId: string): Promise<string[]> {
  return (await tx.query<{ id: string }>(sql`select id from proposals where workspace_id = ${tx.workspaceId} and batch_id = ${batchId}`)).map(({ id }) => id)
}

export async function findProposal(tx: Transaction, id: string): Promise<ProposalRow | undefined> {
  const [row] = await tx.query<ProposalRow>(sql`select * from proposals where workspace_id = ${tx.workspaceId} and id = ${id}`)
  return row
}

/** The newest batch first, each in its order. */
export async function listProposals(
  tx: Transaction,
  { status, batchId, limit }: ProposalList,
  after: { batchId: string; position: number } | undefined,
  now: Date,
): Promise<{ rows: ProposalRow[]; total: number }> {
  const current = sql`case when status = 'pending' and expires_at <= ${now.toISOString()}::timestamptz then 'expired' else status end`
  const wanted = sql`workspace_id = ${tx.workspaceId} ${status === undefined ? sql`` : sql`and ${current} = ${status}`} ${batchId === undefined ? sql`` : sql`and batch_id = ${batchId}`}`
  const place = after === undefined ? sql`` : sql`and (batch_id < ${after.batchId} or batch_id = ${after.batchId} and position > ${after.position})`
  const [rows, [count]] = await Promise.all([
    tx.query<ProposalRow>(sql`select * from proposals where ${wanted} ${place} order by batch_id desc, position limit ${limit + 1}`),
    tx.query<{ total: number }>(sql`select count(*)::int as total from proposals where ${wanted}`),
  ])
  return { rows, total: count?.total ?? 0 }
}
