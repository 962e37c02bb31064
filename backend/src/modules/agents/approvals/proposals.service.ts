import type { Transaction } from '#backend/infra/database/database.ts'
import { type Actor, isSpokenFor, type Scope } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError, notFound } from '#backend/kernel/errors.ts'
import { isUuid } from '#backend/kernel/ids.ts'
import type { Change } from '#backend/modules/crm/index.ts'
import type { Operations, SecurityEventSink } from '#backend/modules/security/index.ts'
import type { Proposal } from '#contracts/approvals.ts'
import { createChangeRunner } from './change-runner.ts'
import { type Decided, decideOn, decideOnBatch } from './decide.ts'
import { type ProposalRow, toProposals } from './proposal-row.ts'
import { expireProposals, findProposal, listProposals, lockBatch, lockProposal, readBatch } from './proposals.repository.ts'
import type { Proposals, ProposedBatch } from './proposals.ts'
import { checkCalls, proposeIn } from './propose.ts'
import { type Undone, undoAll } from './undo.ts'

export type ApprovalOutcome = 'proposed' | 'approved' | 'rejected' | 'expired' | 'failed' | 'undone'

export interface ProposalsDependencies {
  operations: Operations
  clock: Clock
  /** Everything that can be proposed. */
  changes: readonly Change[]
  events: SecurityEventSink
  observe?: (outcome: ApprovalOutcome, count: number) => void
  /** Agents only read: nothing is proposed, and nothing approved. */
  safeMode?: boolean
}

/** Keeps what is wanted, and does it once somebody who may has said so; a policy may have said it before. */
export function createProposals({ operations, clock, changes, events, observe = () => undefined, safeMode = false }: ProposalsDependencies): Proposals {
  const runner = createChangeRunner(changes)
  const one = async (tx: Transaction, row: ProposalRow | undefined): Promise<Proposal> => {
    const [proposal] = row === undefined ? [] : await toProposals(tx, [row], clock.now())
    if (proposal === undefined) throw notFound('This proposal')
    return proposal
  }
  const whole = async (tx: Transaction, batchId: string, rows: readonly ProposalRow[]): Promise<ProposedBatch> => ({
    batchId,
    proposals: await toProposals(tx, rows, clock.now()),
  })
  const observeDecision = ({ outcome }: Decided, count: number) => {
    if (outcome !== 'stale' && outcome !== 'unchanged') observe(outcome, count)
  }
  /** Deciding takes the same rights as doing it oneself. */
  const requireScopes = (actor: Actor, rows: readonly ProposalRow[], name: string) => {
    for (const scope of new Set(rows.flatMap(({ tool }) => runner.find(tool)?.scope ?? []))) operations.require(actor, scope, name)
  }

  const refuseInSafeMode = () => {
    if (safeMode) throw new AppError('UNAVAILABLE', 'Safe mode is on (SAFE_MODE), so agents only read. Nothing was changed; start ChatSG without it to go on.')
  }

  return {
    async propose(actor, wanted) {
      refuseInSafeMode()
      // Whatever way it came here.
      const request = isSpokenFor(actor) ? { ...wanted, untrusted: true } : wanted
      const name = 'approvals.propose'
      const calls = checkCalls(runner, request.calls)
      const scopes = [...new Set(calls.map(({ tool }) => runner.get(tool).scope))] as [Scope, ...Scope[]]
      for (const scope of scopes) operations.require(actor, scope, name)
      const asked = calls.map(({ tool, input }) => ({ tool, fields: Object.keys((input.values ?? input) as object) }))
      const query = ({ batch, approved }: { batch: ProposedBatch; approved: number }) => ({
        batchId: batch.batchId,
        agent: request.agent,
        untrusted: request.untrusted,
        approved,
        calls: asked.slice(0, 20),
      })
      const { batch, isNew, approved } = await operations.run(actor, { name, scope: scopes[0], query }, async (tx) => {
        const proposed = await proposeIn(tx, runner, calls, request, clock.now())
        return { ...proposed, batch: await whole(tx, proposed.batchId, proposed.rows) }
      })
      if (isNew) {
        observe('proposed', calls.length)
        if (approved > 0) observe('approved', approved)
        if (request.untrusted) reportUntrusted(actor, batch, request.agent)
      }
      return batch
    },

    async list(actor, request) {
      const after = request.cursor === undefined ? undefined : decodeCursor(request.cursor)
      const page = await operations.run(
        actor,
        // Every open page looks every half minute.
        { name: 'approvals.list', scope: 'crm:read', event: null, readOnly: true },
        async (tx) => {
          const { rows, total } = await listProposals(tx, request, after, clock.now())
          const shown = rows.slice(0, request.limit)
          const last = rows.length > request.limit ? shown.at(-1) : undefined
          return {
            items: await toProposals(tx, shown, clock.now()),
            nextCursor: last === undefined ? null : encodeCursor(last),
            total,
            late: shown.some((row) => row.status === 'pending' && new Date(row.expires_at) <= clock.now()),
          }
        },
      )
      const { late, ...answer } = page
      if (late) {
        const expired = await operations.run(actor, { name: 'approvals.expire', scope: 'crm:read', event: null }, (tx) => expireProposals(tx, clock.now()))
        if (expired > 0) observe('expired', expired)
      }
      return answer
    },

    async get(actor, id) {
      if (!isUuid(id)) throw notFound('This proposal')
      return operations.run(actor, { name: 'approvals.get', scope: 'crm:read', query: { id }, readOnly: true }, async (tx) =>
        one(tx, await findProposal(tx, id)),
      )
    },

    async decide(actor, id, decision) {
      if (decision.decision === 'approve') refuseInSafeMode()
      if (!isUuid(id)) throw notFound('This proposal')
      const name = `approvals.${decision.decision}`
      const query = ({ decided, row }: { decided: Decided; row: ProposalRow }) => ({
        id,
        tool: row.tool,
        entity: row.entity,
        recordId: row.record_id,
        outcome: decided.outcome,
        fields: decision.input === undefined ? undefined : Object.keys(decision.input),
      })
      const { decided, row, proposal } = await operations.run(actor, { name, scope: 'crm:write', query }, async (tx) => {
        const locked = await lockProposal(tx, id)
        if (locked === undefined) throw notFound('This proposal')
        requireScopes(actor, [locked], name)
        const outcome = await decideOn(tx, runner, locked, decision, clock.now())
        return { decided: outcome, row: locked, proposal: await one(tx, await findProposal(tx, id)) }
      })
      if (row.status !== 'failed' || decided.outcome !== 'failed') observeDecision(decided, 1)
      if (decided.error !== undefined) throw decided.error
      return proposal
    },

    async decideBatch(actor, batchId, decision) {
      if (decision.decision === 'approve') refuseInSafeMode()
      if (!isUuid(batchId)) throw notFound('This batch')
      const name = `approvals.${decision.decision}`
      const query = ({ decided, rows }: { decided: Decided; rows: readonly ProposalRow[] }) => ({
        batchId,
        outcome: decided.outcome,
        ids: rows.map(({ id }) => id),
      })
      const { decided, rows, batch } = await operations.run(actor, { name, scope: 'crm:write', query }, async (tx) => {
        const locked = await lockBatch(tx, batchId)
        if (locked.length === 0) throw notFound('This batch')
        requireScopes(actor, locked, name)
        const outcome = await decideOnBatch(tx, runner, locked, decision, clock.now())
        return { decided: outcome, rows: locked, batch: await whole(tx, batchId, await readBatch(tx, batchId)) }
      })
      observeDecision(decided, rows.filter(({ status }) => status === 'pending' || status === 'failed').length)
      if (decided.error !== undefined) throw decided.error
      return batch
    },

    async undo(actor, id) {
      if (!isUuid(id)) throw notFound('This proposal')
      const name = 'approvals.undo'
      const { outcome, proposal } = await operations.run(
        actor,
        { name, scope: 'crm:write', query: ({ outcome: { undone } }: { outcome: Undone; proposal: Proposal }) => ({ id, undone }) },
        async (tx) => {
          const locked = await lockProposal(tx, id)
          if (locked === undefined) throw notFound('This proposal')
          requireScopes(actor, [locked], name)
          return { outcome: await undoAll(tx, runner, [locked], clock.now()), proposal: await one(tx, await findProposal(tx, id)) }
        },
      )
      if (outcome.undone > 0) observe('undone', outcome.undone)
      if (outcome.error !== undefined) throw outcome.error
      return proposal
    },

    async undoBatch(actor, batchId) {
      if (!isUuid(batchId)) throw notFound('This batch')
      const name = 'approvals.undo'
      const { outcome, batch } = await operations.run(
        actor,
        { name, scope: 'crm:write', query: ({ outcome: { undone } }: { outcome: Undone; batch: ProposedBatch }) => ({ batchId, undone }) },
        async (tx) => {
          const locked = await lockBatch(tx, batchId)
          if (locked.length === 0) throw notFound('This batch')
          requireScopes(actor, locked, name)
          return { outcome: await undoAll(tx, runner, locked, clock.now()), batch: await whole(tx, batchId, await readBatch(tx, batchId)) }
        },
      )
      if (outcome.undone > 0) observe('undone', outcome.undone)
      if (outcome.error !== undefined) throw outcome.error
      return batch
    },
  }

  /** A model that has read words of others wants something changed: somebody may have put it up to it. */
  function reportUntrusted(actor: Actor, { batchId, proposals }: ProposedBatch, agent: string | undefined): void {
    for (const tool of new Set(proposals.map((proposal) => proposal.tool)))
      events.record({
        type: 'threat',
        severity: 'high',
        details: { what: 'untrusted_write', tool, agent: agent ?? null, batchId, proposals: proposals.filter((proposal) => proposal.tool === tool).length },
        workspaceId: actor.workspaceId,
        ...(actor.type === 'user' ? { userId: actor.userId } : {}),
      })
  }
}

function encodeCursor({ batch_id: batchId, position }: ProposalRow): string {
  return Buffer.from(`${batchId} ${position}`).toString('base64url')
}

function decodeCursor(cursor: string): { batchId: string; position: number } {
  const [batchId, position] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ')
  if (!isUuid(batchId) || !/^\d{1,4}$/.test(position ?? ''))
    throw new AppError('VALIDATION', 'This cursor is not one of ours; start again without it.', { details: [{ field: 'cursor', message: 'is not valid' }] })
  return { batchId, position: Number(position) }
}
