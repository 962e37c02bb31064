import type { Actor } from '#backend/kernel/actor.ts'

/** On whose behalf a model is asked, and what for. */
export interface ModelCaller {
  actor: Actor
  /** What the call is for, in a word: `answer`, `extract`, `title`. */
  purpose: string
  sessionId?: string | undefined
  messageId?: string | undefined
  /** Nobody waits for it: it goes after those for whom somebody does. */
  background?: boolean | undefined
  /** A text that differs from turn to turn by chance, such as the marker around data: prompts that differ in it alone are the same. */
  varying?: string | undefined
  /** It is asked anew, whatever was answered to the same before. */
  fresh?: boolean | undefined
}

/** How a call ended: `failed` covers what the provider did wrong, `budget` and `queue` are calls that were not made. */
export const callOutcomes = ['done', 'cached', 'failed', 'cut', 'aborted', 'budget', 'queue'] as const
export type CallOutcome = (typeof callOutcomes)[number]

export interface TokenCounts {
  input: number
  /** Of `input`: those the provider had seen shortly before. */
  cached: number
  output: number
}

/** One call of a model, as it is accounted for. */
export interface ModelCall {
  id: string
  at: Date
  caller: ModelCaller
  agent: string
  /** Name of the endpoint that answered, or would have. */
  provider: string
  model: string
  /** The second provider answered in place of the first. */
  isFallback: boolean
  /** Requests that were sent. */
  attempts: number
  tokens: TokenCounts
  /** The provider told no usage, or broke off before it. */
  isEstimated: boolean
  /** US dollars as a decimal; null when the model's price is not known. */
  costUsd: string | null
  firstTokenMs: number | null
  totalMs: number
  outcome: CallOutcome
  requestId: string | undefined
}

/** What was sent and what came back, for the audit of prompts. */
export interface ModelExchange {
  call: ModelCall
  prompt: unknown
  response: unknown
}

/** Who keeps the books of what models cost. */
export interface ModelLedger {
  /**
   * Sets the cost of a call that is about to be made aside; the result gives it back.
   * @throws AppError RATE_LIMITED when a budget is used up
   */
  reserve(caller: ModelCaller, estimatedUsd: string | null): Promise<() => void>
  note(call: ModelCall): void
  /** Left out where prompts are not kept. */
  keep?: ((exchange: ModelExchange) => void) | undefined
}
