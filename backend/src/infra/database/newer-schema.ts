/** A migration that has run. */
export interface KnownMigration {
  name: string
  /** Number of the migration that a release has to know to work after this one; null: every release before works on. */
  needs: string | null
}

const contracts = /^-- contracts (\d{4}): \S/

/**
 * A migration only adds, so that the release before it works on beside it, or says in its first line what it takes away and from which
 * migration on a release can do without: `-- contracts 0042: tasks.status is gone, which nothing has read since`. One that suits no older
 * release names itself.
 */
export function neededMigration(text: string): string | null {
  return contracts.exec(text)?.[1] ?? null
}

/** The migrations that ran and came after all of ours. */
export function newerMigrations<M extends { name: string }>(ran: readonly M[], files: readonly string[]): M[] {
  const last = files.at(-1) ?? ''
  return ran.filter(({ name }) => name > last)
}

/** The first newer migration that took away what a release with these files needs. */
export function findUnsuited(ran: readonly KnownMigration[], files: readonly string[]): KnownMigration | undefined {
  return newerMigrations(ran, files).find(({ needs }) => needs !== null && !files.some((file) => file.startsWith(`${needs}_`)))
}

/**
 * @returns whether the database is of a newer release, beside or after which this one can work
 * @throws Error when it cannot, with the way out
 */
export function refuseUnsuited(ran: readonly KnownMigration[], files: readonly string[]): boolean {
  const newer = newerMigrations(ran, files)
  if (newer.length === 0) return false
  const wayOut = 'install that version or restore a backup.'
  const unsuited = findUnsuited(ran, files)
  if (unsuited !== undefined)
    throw new Error(`The database was migrated by a newer ChatSG (${unsuited.name}), and this one cannot work with what that took away; ${wayOut}`)
  const names = new Set(ran.map(({ name }) => name))
  const missing = files.find((file) => !names.has(file))
  if (missing !== undefined)
    throw new Error(`The database was migrated by a newer ChatSG (${newer.at(-1)?.name}) that does not have ${missing} of this one; ${wayOut}`)
  return true
}
