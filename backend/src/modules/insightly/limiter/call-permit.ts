/** Whoever a call is for: a person's go before those of a sync. */
export type CallPriority = 'person' | 'sync'

/** What an answer told of the calls of the day. */
export interface DailyQuota {
  /** Undefined when the header is missing. */
  limit: number | undefined
  remaining: number
}

export interface CallEnd {
  /** False when nothing was sent: then it does not count. */
  wasMade: boolean
  quota?: DailyQuota | undefined
  /** Milliseconds for which no process may call. */
  pauseMs?: number | undefined
}

/** The right to make one call now. */
export interface CallPermit {
  /**
   * To be called exactly once, as soon as the answer begins or nobody waits for it any more. The promise is fulfilled when all processes
   * know; one that fails is logged, and the call counts until its lease ends.
   */
  end(seen: CallEnd): Promise<void>
}
