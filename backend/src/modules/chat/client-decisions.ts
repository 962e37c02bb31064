import type { Actor } from '#backend/kernel/actor.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { isUuid, newId } from '#backend/kernel/ids.ts'
import type { Proposals } from '#backend/modules/agents/index.ts'
import type { Proposal } from '#contracts/approvals.ts'
import type { StreamRequest } from '#contracts/chat.ts'
import { failureSentence } from './answer-endings.ts'
import type { AnswerChunk } from './answer-log.ts'
import { outcomeChunk } from './proposal-chunks.ts'

/** What a person decided about changes that an answer proposed, as AI SDK clients send it: by continuing that answer. */
export interface ClientDecisions {
  /** The answer, as the client calls it. */
  messageId: string | undefined
  decisions: { id: string; approved: boolean; reason?: string }[]
}

/** The decisions in a body whose last message is an answer with approvals that were responded to; undefined for every other body. */
export function readDecisions({ messages }: StreamRequest): ClientDecisions | undefined {
  const last = messages?.at(-1)
  if (last?.role !== 'assistant') return undefined
  const decisions = (last.parts ?? []).flatMap(({ state, approval }) => {
    if (state !== 'approval-responded' || approval?.approved === undefined || !isUuid(approval.id)) return []
    const { id, approved, reason } = approval
    return [{ id, approved, ...(reason === undefined ? {} : { reason }) }]
  })
  return decisions.length === 0 ? undefined : { messageId: last.id, decisions }
}

/** Decides, and tells what happened as the rest of the answer that proposed the changes. */
export async function carryOutDecisions(
  proposals: Pick<Proposals, 'decide' | 'get'>,
  actor: Actor,
  { messageId, decisions }: ClientDecisions,
): Promise<AnswerChunk[]> {
  const outcomes: AnswerChunk[] = []
  const sentences: string[] = []
  for (const { id, approved, reason } of decisions) {
    try {
      const proposal = await decide(proposals, actor, { id, approved, reason })
      outcomes.push(outcomeChunk(proposal))
      sentences.push(sentenceOf(proposal))
    } catch (error) {
      // What cannot be decided is told with the others; anything unknown is for the log.
      if (!(error instanceof AppError)) throw error
      const sentence = failureSentence(error)
      outcomes.push({ type: 'tool-output-error', toolCallId: id, errorText: sentence, dynamic: true })
      sentences.push(sentence)
    }
  }
  const textId = `decision-${newId()}`
  return [
    { type: 'start', ...(messageId === undefined ? {} : { messageId }) },
    ...outcomes,
    { type: 'text-start', id: textId },
    { type: 'text-delta', id: textId, delta: sentences.join('\n') },
    { type: 'text-end', id: textId },
    { type: 'finish', finishReason: 'stop' },
  ]
}

async function decide(
  proposals: Pick<Proposals, 'decide' | 'get'>,
  actor: Actor,
  { id, approved, reason }: { id: string; approved: boolean; reason: string | undefined },
): Promise<Proposal> {
  try {
    return await proposals.decide(actor, id, { decision: approved ? 'approve' : 'reject', ...(reason === undefined ? {} : { note: reason }) })
  } catch (error) {
    // Sent twice, or decided on a page meanwhile: how it stands is the answer.
    if (error instanceof AppError && error.code === 'CONFLICT') {
      const proposal = await proposals.get(actor, id)
      if (proposal.status !== 'pending') return proposal
    }
    throw error
  }
}

function sentenceOf({ title, status, error }: Proposal): string {
  switch (status) {
    case 'approved':
      return `Done: ${title}.`
    case 'rejected':
      return `Not done, as you decided: ${title}.`
    case 'expired':
      return `Not done, because it was not decided on in time: ${title}. Ask for it again.`
    case 'undone':
      return `Taken back: ${title}.`
    case 'failed':
      return `Not done: ${title}. ${error ?? 'It could not be carried out.'}`
    case 'pending':
      return `Still waiting: ${title}.`
  }
}
