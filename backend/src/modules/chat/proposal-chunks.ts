import type { Proposal } from '#contracts/approvals.ts'
import type { DataProposals } from '#contracts/chat.ts'
import type { AnswerChunk } from './answer-log.ts'

/** More than these are decided on with the batch. */
const mostApprovals = 20

/** Proposals as AI SDK clients know them: calls of tools that wait for approval, or that a policy has approved already. */
export function* proposalChunks({ proposals }: DataProposals): Generator<AnswerChunk> {
  for (const proposal of proposals.slice(0, mostApprovals)) {
    const { id, tool, title, input } = proposal
    yield { type: 'tool-input-available', toolCallId: id, toolName: tool, input, dynamic: true, title }
    if (proposal.status === 'pending') yield { type: 'tool-approval-request', approvalId: id, toolCallId: id }
    else yield outcomeChunk(proposal)
  }
}

/** How a proposal ended, as the result of its tool call. */
export function outcomeChunk({ id, title, status, error }: Proposal): AnswerChunk {
  if (status === 'rejected') return { type: 'tool-output-denied', toolCallId: id }
  if (status === 'failed' || error !== null)
    return { type: 'tool-output-error', toolCallId: id, errorText: error ?? 'It could not be carried out.', dynamic: true }
  return { type: 'tool-output-available', toolCallId: id, output: { status, title }, dynamic: true }
}
