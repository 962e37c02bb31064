/**
 * Waits for all, also when one of them fails: what still uses the connection must not go on after its transaction.
 * @throws what the first of them that failed has thrown, which is why the later ones did
 */
export async function allDone(work: readonly Promise<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(work)) if (result.status === 'rejected') throw result.reason
}

/** Work whose failure `allDone` tells later; until then it is not to end the process. */
export function begun<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined)
  return work
}
