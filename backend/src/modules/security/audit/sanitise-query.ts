const longestText = 200
const mostItems = 20
const mostMembers = 40
const deepest = 6
const mostCharacters = 2000

export interface Secrecy {
  /** The same members without the values that their names say are secret. */
  members(fields: Record<string, unknown>): Record<string, unknown>
  /** The same text without what looks like a secret. */
  text(text: string): string
}

/** JSON of what was asked or changed, fit to be kept: no secrets, long texts cut, bounded to about two kilobytes. */
export function sanitiseQuery(query: unknown, { members, text }: Secrecy): string {
  if (query === undefined || query === null) return 'null'
  const { query: cleaned } = members({ query: cut(query, 0) })
  const json = toSafeJson(cleaned)
  const masked = text(json)
  if (masked.length > mostCharacters) return toSafeJson({ cut: masked.slice(0, mostCharacters) })
  // What was masked has to be JSON still.
  return masked === json ? json : toSafeJson(JSON.parse(masked))
}

/** JSON on one line in which nothing can break a line or a terminal, and which PostgreSQL can store. */
export function toSafeJson(value: unknown): string {
  const json = JSON.stringify(value) ?? 'null'
  // NUL and half a surrogate pair stand in it as escapes, and seldom; asking about every text is dear.
  const stored = /\\u(?:0000|d[89a-f])/.test(json) ? JSON.stringify(value, (_key, item: unknown) => (typeof item === 'string' ? storable(item) : item)) : json
  return stored.replace(
    /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** PostgreSQL takes neither NUL nor half a surrogate pair. */
function storable(text: string): string {
  return text.replaceAll('\0', '�').toWellFormed()
}

function cut(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.length > longestText ? `${value.slice(0, longestText)}… (${value.length} characters)` : value
  if (typeof value === 'bigint' || typeof value === 'symbol' || typeof value === 'function') return String(value).slice(0, longestText)
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (depth >= deepest) return '…'
  if (Array.isArray(value)) {
    const items = value.slice(0, mostItems).map((item) => cut(item, depth + 1))
    return value.length > mostItems ? [...items, `… (${value.length} items)`] : items
  }
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, mostMembers)
      .map(([key, member]) => [key.slice(0, longestText), cut(member, depth + 1)]),
  )
}
