import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { newId } from '#backend/kernel/ids.ts'
import type { ToolCall } from '#backend/kernel/tool.ts'
import type { ProposalSource } from '#contracts/approvals.ts'
import { activePolicies, type PolicyRow, policyThatApproves } from './approval-rules.ts'
import type { ChangeRunner } from './change-runner.ts'
import type { ProposalRow } from './proposal-row.ts'
import { beginBatch, insertProposals, joinBatch, markApproved, type NewProposal, noteError, readBatch } from './proposals.repository.ts'
import type { ProposeRequest } from './proposals.ts'
import { attempt } from './savepoint.ts'
import { withShown } from './shown-state.ts'

/** Days after which nobody may approve it any more. */
const daysToDecide = 7
const mostCalls = 200
/** Characters of all inputs of a request. */
const longestRequest = 2_000_000
const longestSource = 4000

export interface Proposed {
  batchId: string
  rows: ProposalRow[]
  /** False when the same was asked before. */
  isNew: boolean
  approved: number
}

interface Checked {
  id: string
  tool: string
  input: Record<string, unknown>
}

/** @throws AppError VALIDATION naming the call that cannot be */
export function checkCalls(runner: ChangeRunner, calls: readonly ToolCall[]): Checked[] {
  if (calls.length === 0) throw new AppError('VALIDATION', 'There is nothing to propose.')
  if (calls.length > mostCalls) throw new AppError('VALIDATION', `One request may propose ${mostCalls} changes at most; ask for them in parts.`)
  if (JSON.stringify(calls).length > longestRequest)
    throw new AppError('VALIDATION', `One request may hold ${longestRequest / 1_000_000} MB; ask for it in parts.`)
  return calls.map(({ tool, input }, position) => ({ id: newId(), tool, input: naming(calls, position, () => runner.parse(tool, input)) }))
}

/** Keeps what is wanted with what it would do, tried out and taken back; what a policy allows is done at once. */
export async function proposeIn(tx: Transaction, runner: ChangeRunner, calls: readonly Checked[], request: ProposeRequest, now: Date): Promise<Proposed> {
  const { batchId, isNew, firstPosition } =
    request.batchId === undefined ? { ...(await beginBatch(tx, request.key, now)), firstPosition: 0 } : await joinBatch(tx, request.batchId, request.key, now)
  // What joins a batch is told by itself; what came before has been told.
  const asked = async () => {
    const rows = await readBatch(tx, batchId)
    return request.batchId === undefined ? rows : rows.filter((row) => (isNew ? row.position >= firstPosition : row.request_key === request.key))
  }
  if (!isNew) return { batchId, rows: await asked(), isNew, approved: 0 }
  const proposals = (await previewAll(tx, runner, calls, now)).map((proposal) => ({ ...proposal, position: proposal.position + firstPosition }))
  const expiresAt = new Date(now.getTime() + daysToDecide * 86_400_000)
  await insertProposals(tx, proposals, {
    batchId,
    requestKey: request.key ?? null,
    source: boundedSource(request.source),
    agent: request.agent ?? null,
    untrusted: request.untrusted,
    now,
    expiresAt,
  })
  const approved = request.untrusted ? 0 : await approveByPolicy(tx, runner, proposals, now)
  return { batchId, rows: await asked(), isNew, approved }
}

async function previewAll(tx: Transaction, runner: ChangeRunner, calls: readonly Checked[], now: Date): Promise<NewProposal[]> {
  const proposals: NewProposal[] = []
  const ids = calls.map(({ id }) => id)
  const tried = await attempt(
    tx,
    async () => {
      await tx.query(sql`select set_config('app.tried_changes', ${`{${ids.join()}}`}, true)`)
      for (const [position, { id, tool, input }] of calls.entries()) {
        const applied = await naming(calls, position, () => runner.apply(tx, tool, input, id, now))
        const preview = await withShown(tx, applied, ids, now)
        proposals.push({ id, position, tool, input, risk: runner.get(tool).risk(input), preview })
      }
    },
    () => false,
  )
  if ('refused' in tried) throw tried.refused
  return proposals
}

async function approveByPolicy(tx: Transaction, runner: ChangeRunner, proposals: readonly NewProposal[], now: Date): Promise<number> {
  const policies = await activePolicies(tx)
  if (policies.length === 0) return 0
  const role = tx.actor.type === 'user' ? tx.actor.role : null
  const ids = proposals.map(({ id }) => id)
  let approved = 0
  for (const proposal of proposals) {
    const policy = policyThatApproves(policies, runner.get(proposal.tool), proposal.input, proposal.preview, role)
    if (policy !== undefined && (await carryOut(tx, runner, proposal, { policy, ids, now }))) approved++
  }
  return approved
}

interface ByPolicy {
  policy: PolicyRow
  /** Of the whole batch. */
  ids: readonly string[]
  now: Date
}

/** What depends on an earlier step that is still to be decided waits with it. */
async function carryOut(tx: Transaction, runner: ChangeRunner, { id, tool, input }: NewProposal, { policy, ids, now }: ByPolicy): Promise<boolean> {
  const tried = await attempt(
    tx,
    async () => withShown(tx, await runner.apply(tx, tool, input, id, now), ids, now),
    () => true,
  )
  if ('refused' in tried) {
    await noteError(tx, id, `A policy allows it, but it could not be carried out: ${tried.refused.message}`)
    return false
  }
  const by = { id: policy.created_by, name: policy.created_name, policyId: policy.id }
  await markApproved(tx, id, { applied: tried.done, input, edited: false, by, now })
  return true
}

function boundedSource(source: ProposalSource): ProposalSource {
  return source.text === undefined ? source : { ...source, text: source.text.slice(0, longestSource) }
}

/** Says of which call of several an error is. */
function naming<T>(calls: readonly { tool: string }[], position: number, work: () => T): T {
  const rename = (error: unknown): never => {
    if (!(error instanceof AppError) || calls.length === 1) throw error
    const { code, details, cause, retryAfterSeconds } = error
    throw new AppError(code, `Change ${position + 1} (${calls[position]?.tool}): ${error.message}`, {
      cause,
      details: details?.map((detail) => ({ ...detail, field: `calls.${position}${detail.field === undefined ? '' : `.${detail.field}`}` })) ?? [
        { field: `calls.${position}`, message: 'cannot be done' },
      ],
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    })
  }
  try {
    const outcome = work()
    return outcome instanceof Promise ? (outcome.catch(rename) as T) : outcome
  } catch (error) {
    return rename(error)
  }
}
