/** Fetches the next item while the last one is being worked on. */
export async function* readAhead<T>(source: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]()
  const fetch = () => {
    const next = iterator.next()
    // Whoever stops early does not wait for it; its failure must not go unhandled then.
    next.catch(() => undefined)
    return next
  }
  let next = fetch()
  try {
    for (;;) {
      const { done, value } = await next
      if (done) return
      next = fetch()
      yield value
    }
  } finally {
    await next.catch(() => undefined)
    await iterator.return?.()
  }
}
