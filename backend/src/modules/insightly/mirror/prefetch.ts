/** Results of these tasks in their order, of which so many are under way at once. */
export async function* prefetch<T>(tasks: readonly (() => Promise<T>)[], ahead: number): AsyncGenerator<T> {
  const begun: Promise<T>[] = []
  let next = 0
  const begin = () => {
    const task = tasks[next++]
    if (task === undefined) return
    const result = task()
    // Whoever stops in the middle does not wait for the others to fail as well.
    result.catch(() => undefined)
    begun.push(result)
  }
  for (let started = 0; started < ahead; started++) begin()
  for (;;) {
    const first = begun.shift()
    if (first === undefined) return
    const result = await first
    begin()
    yield result
  }
}
