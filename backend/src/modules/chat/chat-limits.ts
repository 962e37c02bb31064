export interface ChatLimits {
  /** Answers made at once for one actor. */
  runningPerActor: number
  /** Questions of one actor that may wait for their turn. */
  waitingPerActor: number
  /** Milliseconds after which an answer is given up. */
  maxAnswerMs: number
  /** Milliseconds between two looks at what this process makes, and at what it follows of others. */
  lookMs: number
  /** Milliseconds without a sign of its maker after which an answer is given up by others. */
  holdMs: number
  /** Milliseconds between two looks for answers that were given up. */
  sweepMs: number
  /** Milliseconds a single statement of an answer may take. */
  statementTimeoutMs: number
}

export const defaultLimits: ChatLimits = {
  runningPerActor: 8,
  waitingPerActor: 32,
  // An agent's own limits end a model's answer before.
  maxAnswerMs: 180_000,
  lookMs: 100,
  holdMs: 8000,
  sweepMs: 5000,
  statementTimeoutMs: 20_000,
}
