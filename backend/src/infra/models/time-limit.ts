/** A time within which something has to happen, and a signal that it did not or that the one it was done for gave up. */
export interface TimeLimit {
  readonly signal: AbortSignal
  /** Begins to count anew. */
  restart(): void
  /** Stops counting until the next restart. */
  rest(): void
  /** Gives up. */
  abort(reason: unknown): void
  /** Lets go of its timer and of the signal it listened to. */
  clear(): void
}

/** @param toReason what the signal says when the time is over */
export function createTimeLimit(ms: number, toReason: () => Error, parent?: AbortSignal): TimeLimit {
  const controller = new AbortController()
  let isCounting = true
  // A timer that is refreshed costs less than a new one for every piece of an answer.
  const timer = setTimeout(() => {
    if (isCounting) controller.abort(toReason())
  }, ms)
  const onParent = () => controller.abort(parent?.reason)
  if (parent?.aborted) onParent()
  else parent?.addEventListener('abort', onParent, { once: true })
  return {
    signal: controller.signal,
    restart() {
      isCounting = true
      timer.refresh()
    },
    rest() {
      isCounting = false
    },
    abort(reason) {
      controller.abort(reason)
    },
    clear() {
      isCounting = false
      clearTimeout(timer)
      parent?.removeEventListener('abort', onParent)
    },
  }
}
