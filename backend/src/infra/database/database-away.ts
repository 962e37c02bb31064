/** The configured database cannot be reached; nothing else is wrong. */
export class DatabaseAway extends Error {
  override readonly name = 'DatabaseAway'
}
