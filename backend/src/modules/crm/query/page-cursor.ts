import { createHash } from 'node:crypto'
import { DateTime } from 'luxon'
import { type SQL, sql } from '#backend/infra/database/database.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { isUuid } from '#backend/kernel/ids.ts'
import type { FieldType } from '#contracts/entities.ts'
import type { TypedQuery } from '#contracts/query.ts'

/** One thing that records are sorted by. */
export interface SortKey {
  expression: SQL
  type: FieldType
  direction: 'asc' | 'desc'
  neverNull: boolean
}

/** Where a page ended. */
export interface PageEnd {
  /** Records up to there, as they were counted on the way. */
  seen: number
  /** The last record: its id, and its sort values as the database writes them; missing when those were too long to be carried. */
  last: { id: string; values: (string | null)[] } | undefined
}

const longestCursor = 1000

/** Two lists are in the same order when they have the same fingerprint. */
function fingerprint({ entity, sort, convert }: TypedQuery): string {
  return createHash('sha256')
    .update(JSON.stringify([entity, sort, convert]))
    .digest('base64url')
    .slice(0, 8)
}

function areValues(keys: readonly SortKey[], values: readonly unknown[]): values is (string | null)[] {
  return (
    values.length === keys.length &&
    keys.every((key, index) => values[index] === null || (typeof values[index] === 'string' && carried(key).isValue(values[index])))
  )
}

/** The cursor of what follows a page. */
export function encodePageEnd(query: TypedQuery, keys: readonly SortKey[], { seen, last }: PageEnd): string {
  const encode = (parts: unknown[]) => Buffer.from(JSON.stringify([fingerprint(query), seen, ...parts])).toString('base64url')
  const text = encode(last === undefined || !areValues(keys, last.values) ? [] : [last.id, ...last.values])
  // Where texts are too long for an address, or are lists, the place must do.
  return text.length > longestCursor ? encode([]) : text
}

function wrongCursor(message: string): AppError {
  return new AppError('VALIDATION', message, { details: [{ field: 'cursor', message: 'is not valid' }] })
}

function partsOf(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}

/** @throws AppError VALIDATION when the cursor is not one of ours, or of a list in another order */
export function decodePageEnd(query: TypedQuery, cursor: string, keys: readonly SortKey[]): PageEnd {
  const parts = partsOf(cursor)
  if (!Array.isArray(parts)) throw wrongCursor('This cursor is not one of ours; start again without it.')
  const [of, seen, id, ...values] = parts as unknown[]
  const isPlace = typeof of === 'string' && Number.isSafeInteger(seen) && (seen as number) >= 0
  if (!isPlace || (id !== undefined && !isUuid(id))) throw wrongCursor('This cursor is not one of ours; start again without it.')
  if (of !== fingerprint(query)) throw wrongCursor('This cursor is of a list in another order; start again without it.')
  if (id === undefined) return { seen: seen as number, last: undefined }
  if (!areValues(keys, values)) throw wrongCursor('This cursor is not one of ours; start again without it.')
  return { seen: seen as number, last: { id: String(id), values } }
}

interface Carried {
  cast: string
  /** Whether a text is a value of the kind for certain; a cursor may be anybody's invention. */
  isValue(text: string): boolean
}

const number: Carried = { cast: 'numeric', isValue: (text) => /^-?\d{1,60}(\.\d{1,60})?$/.test(text) }
const plainText: Carried = { cast: 'text', isValue: (text) => !text.includes('\u0000') && text.isWellFormed() }
const carriedByType: Partial<Record<FieldType, Carried>> = {
  integer: number,
  number,
  money: number,
  date: { cast: 'date', isValue: (text) => /^\d{4}-\d\d-\d\d$/.test(text) && DateTime.fromISO(text).isValid },
  datetime: {
    cast: 'timestamptz',
    isValue: (text) => /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/.test(text) && DateTime.fromSQL(text).isValid,
  },
  boolean: { cast: 'boolean', isValue: (text) => text === 'true' || text === 'false' },
  id: { cast: 'uuid', isValue: (text) => isUuid(text) },
  tags: { cast: 'text[]', isValue: () => false },
  list: { cast: 'text[]', isValue: () => false },
  multiChoice: { cast: 'text[]', isValue: () => false },
}
const carried = (key: SortKey): Carried => carriedByType[key.type] ?? plainText

function typed(key: SortKey, value: string): SQL {
  return sql`${value}::${sql.raw(carried(key).cast)}`
}

function sign(direction: SortKey['direction']): SQL {
  return sql.raw(direction === 'asc' ? '>' : '<')
}

/** The records after the end of a page, empty values last; an index on the first key bounds what is read. */
export function afterPage(keys: readonly SortKey[], id: SQL, end: NonNullable<PageEnd['last']>): SQL {
  const direction = keys.at(-1)?.direction ?? 'asc'
  const plain = keys.every((key, index) => key.neverNull && key.direction === direction && end.values[index] !== null)
  if (plain) {
    const row = sql.join([...keys.map((key) => key.expression), id], sql`, `)
    const last = sql.join([...keys.map((key, index) => typed(key, end.values[index] as string)), sql`${end.id}::uuid`], sql`, `)
    return sql`(${row}) ${sign(direction)} (${last})`
  }
  const same: SQL[] = []
  const ways: SQL[] = []
  for (const [index, key] of keys.entries()) {
    const value = end.values[index] ?? null
    const beyond = value === null ? undefined : sql`(${key.expression} ${sign(key.direction)} ${typed(key, value)} or ${key.expression} is null)`
    if (beyond !== undefined) ways.push(sql.join([...same, beyond], sql` and `))
    same.push(value === null ? sql`${key.expression} is null` : sql`${key.expression} = ${typed(key, value)}`)
  }
  ways.push(sql.join([...same, sql`${id} ${sign(direction)} ${end.id}::uuid`], sql` and `))
  return sql`((${sql.join(ways, sql`) or (`)}))`
}
