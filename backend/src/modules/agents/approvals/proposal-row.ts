import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { seesEverything } from '#backend/kernel/actor.ts'
import type { Proposal, ProposalSource } from '#contracts/approvals.ts'
import { type EntityName, entityNames } from '#contracts/entities.ts'
import type { FieldMarks } from '#contracts/field-marks.ts'
import { changedFields } from './same-record.ts'
import type { Outcome } from './shown-state.ts'

/** A proposal as it is stored. */
export interface ProposalRow extends Record<string, unknown> {
  id: string
  batch_id: string
  position: number
  request_key: string | null
  tool: string
  title: string
  input: Record<string, unknown>
  status: Proposal['status']
  risk: Proposal['risk']
  requested_by: string | null
  requested_name: string
  agent: string | null
  source: ProposalSource
  untrusted: boolean
  entity: string | null
  record_id: string | null
  label: string | null
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  applied: Outcome
  created_at: string
  expires_at: string
  decided_at: string | null
  decided_by: string | null
  decided_name: string | null
  policy_id: string | null
  edited: boolean
  /** Since when what it replaced is not kept any more. */
  undo_expired_at: string | null
  undone_at: string | null
  undone_by: string | null
  undone_name: string | null
  error: string | null
}

/** Proposals as they stand, for whoever reads in this transaction. */
export async function toProposals(tx: Transaction, rows: readonly ProposalRow[], now: Date): Promise<Proposal[]> {
  const hidden = await hiddenAmong(tx, rows)
  const fields = await tx.hidden()
  return rows.map((row) => toProposal(fields.isEmpty ? row : withoutFields(row, fields), now, hidden))
}

type Values = Record<string, unknown>

/** A proposal without the fields that its reader does not see, and without words that hold what stood in them. */
function withoutFields(row: ProposalRow, fields: FieldMarks): ProposalRow {
  const strip = (entity: unknown, record: unknown) =>
    typeof record === 'object' && record !== null && entityNames.includes(entity as EntityName) ? fields.strip(entity as EntityName, record as Values) : record
  const { input } = row
  const shown = {
    ...row,
    before: strip(row.entity, row.before) as Values | null,
    after: strip(row.entity, row.after) as Values | null,
    input: 'values' in input ? { ...input, values: strip(input.entity ?? row.entity, input.values) } : input,
  }
  const gone = [
    [row.before, shown.before],
    [row.after, shown.after],
    [input.values, shown.input.values],
  ].flatMap(([whole, left]) => {
    const kept = new Set(textsIn(left))
    return textsIn(whole).filter((text) => text.length > 1 && !kept.has(text))
  })
  const without = (text: string | null) => (text !== null && gone.some((value) => text.includes(value)) ? null : text)
  const { text, ...source } = row.source
  return {
    ...shown,
    title: without(row.title) ?? row.tool,
    label: without(row.label),
    error: without(row.error),
    // Whoever asked in words named values in ways that nobody can look for.
    source: text === undefined || gone.length === 0 ? row.source : source,
  }
}

/** Every word and number that a record holds. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

function toProposal(row: ProposalRow, now: Date, hidden: ReadonlySet<string>): Proposal {
  const isHidden = row.record_id !== null && hidden.has(row.record_id)
  const before = isHidden ? null : withoutHidden(row.before, hidden)
  const after = isHidden ? null : withoutHidden(row.after, hidden)
  return {
    id: row.id,
    batchId: row.batch_id,
    position: row.position,
    tool: row.tool,
    title: row.title,
    input: row.input,
    status: isExpired(row, now) ? 'expired' : row.status,
    risk: row.risk,
    requestedBy: { id: row.requested_by ?? 'system', name: row.requested_name, agent: row.agent },
    source: row.source,
    untrusted: row.untrusted,
    entity: row.entity,
    recordId: row.record_id,
    label: isHidden ? null : row.label,
    before,
    after,
    changes: changedFields(before, after),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    decidedAt: row.decided_at,
    decidedBy: row.decided_by === null ? null : { id: row.decided_by, name: row.decided_name ?? '', policyId: row.policy_id },
    edited: row.edited,
    undoneAt: row.undone_at,
    undoneBy: row.undone_by === null ? null : { id: row.undone_by, name: row.undone_name ?? '' },
    error: row.error,
  }
}

/** Nobody has decided in time. */
export function isExpired({ status, expires_at: expiresAt }: Pick<ProposalRow, 'status' | 'expires_at'>, now: Date): boolean {
  return status === 'pending' && new Date(expiresAt) <= now
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Every id that a value names, at any depth. */
export function idsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value === 'string') {
    const id = value.toLowerCase()
    if (uuid.test(id)) found.add(id)
  } else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) idsIn(item, found)
  return found
}

/** A record may name another that its reader does not see; it was shown to whoever asked. */
async function hiddenAmong(tx: Transaction, rows: readonly ProposalRow[]): Promise<ReadonlySet<string>> {
  if (seesEverything(tx.actor)) return new Set()
  const ids = [...idsIn(rows.map(({ before, after, record_id: recordId }) => [before, after, recordId]))]
  if (ids.length === 0) return new Set()
  const found = await tx.query<{ id: string }>(sql`
    select record_id as id from restrictions where workspace_id = ${tx.workspaceId} and record_id = any(${sql.param(ids)}::uuid[])`)
  return new Set(found.map(({ id }) => id))
}

function withoutHidden(record: Record<string, unknown> | null, hidden: ReadonlySet<string>): Record<string, unknown> | null {
  if (record === null || hidden.size === 0) return record
  const shown = { ...record }
  for (const [key, value] of Object.entries(record)) {
    if (typeof value !== 'string' || !hidden.has(value) || key === 'id') continue
    shown[key] = null
    const name = key.replace(/_id$/, '')
    for (const label of [name, `${name}_email`, 'customer']) if (label in shown) shown[label] = null
  }
  return shown
}
