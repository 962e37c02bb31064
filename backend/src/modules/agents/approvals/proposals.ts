import type { Actor } from '#backend/kernel/actor.ts'
import type { ToolCall } from '#backend/kernel/tool.ts'
import type { Decision, Proposal, ProposalSource } from '#contracts/approvals.ts'

/** The writes of one request. */
export interface ProposeRequest {
  calls: readonly ToolCall[]
  source: ProposalSource
  /** Id of the agent that asks on the actor's behalf. */
  agent?: string
  /** A model that had read words of others asks: no policy approves it, and it is a security event. */
  untrusted: boolean
  /** Asking again under the same key tells what is there. */
  key?: string
  /** The batch it joins, made when it is not there: one answer may ask several times. */
  batchId?: string
}

export interface ProposedBatch {
  batchId: string
  /** In the order of the calls. */
  proposals: Proposal[]
}

export interface ProposalList {
  status?: Proposal['status'] | undefined
  batchId?: string | undefined
  limit: number
  cursor?: string | undefined
}

/** What agents want changed, until a person or a policy of theirs decides; carried out once, and taken back. */
export interface Proposals {
  /**
   * Keeps what is wanted with the records before and after; nothing is changed, but by a policy that allows it.
   * @throws AppError VALIDATION naming the call that cannot be, NOT_FOUND, FORBIDDEN
   */
  propose(actor: Actor, request: ProposeRequest): Promise<ProposedBatch>
  list(actor: Actor, request: ProposalList): Promise<{ items: Proposal[]; nextCursor: string | null; total: number | null }>
  get(actor: Actor, id: string): Promise<Proposal>
  /** Approving carries it out before the answer returns. @throws AppError CONFLICT when it was decided otherwise */
  decide(actor: Actor, id: string, decision: Decision): Promise<Proposal>
  /** All that is pending of a batch, as one unit: all of it or nothing. */
  decideBatch(actor: Actor, batchId: string, decision: Omit<Decision, 'input'>): Promise<ProposedBatch>
  /** @throws AppError CONFLICT naming what somebody has changed since */
  undo(actor: Actor, id: string): Promise<Proposal>
  undoBatch(actor: Actor, batchId: string): Promise<ProposedBatch>
}
