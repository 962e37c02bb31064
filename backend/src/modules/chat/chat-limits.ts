export interface ChatLimits {
  /** Answers made at once for one actor. */
  runningPerActor: number
  /** Questions of one actor that may wait for their turn. */
  waitingPerActor: number
  /** Milliseconds after which an answer is given up. */
  maxAnswerMs: number
  /** Milliseconds a single statement of an answer may take. */
  statementTimeoutMs: number
}

export const defaultLimits: ChatLimits = { runningPerActor: 8, waitingPerActor: 32, maxAnswerMs: 60_000, statementTimeoutMs: 20_000 }
