/** Changes that wait for others, within one pass. */
export function createWaitingRows() {
  const rows = new Map<number, { keys: readonly string[]; note: string | undefined }>()
  const releases = new Map<string, number>()
  let time = 0
  return {
    now: () => time,
    /** Unless what it waits for has come since it began to look. */
    add(id: number, keys: readonly string[], { note, since }: { note: string | undefined; since: number }): void {
      if (!keys.some((key) => (releases.get(key) ?? 0) > since)) rows.set(id, { keys, note })
    },
    /** Those that waited for this may try again. */
    release(key: string): void {
      releases.set(key, ++time)
      for (const [id, { keys }] of rows) if (keys.includes(key)) rows.delete(id)
    },
    ids: () => [...rows.keys()],
    byNote(): Map<string | undefined, number[]> {
      const groups = new Map<string | undefined, number[]>()
      for (const [id, { note }] of rows) groups.set(note, [...(groups.get(note) ?? []), id])
      return groups
    },
  }
}
