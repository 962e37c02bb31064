import { CasingCache } from 'drizzle-orm/casing'
// Only the builder: the whole of drizzle-orm takes most of a second to load.
import { Name, Param, Placeholder, SQL, StringChunk } from 'drizzle-orm/sql/sql'
import { arrayLiteral } from '#backend/kernel/array-literal.ts'

const dialect = {
  casing: new CasingCache(),
  escapeName: (name: string) => `"${name.replaceAll('"', '""')}"`,
  escapeParam: (index: number) => `$${index + 1}`,
  escapeString: (text: string) => `'${text.replaceAll("'", "''")}'`,
}

/** Text and parameters of a statement, as the driver takes them. */
export interface StatementText {
  text: string
  params: unknown[]
}

/** Walks a statement's pieces once. The library, which asks each piece for everything it might be, is left those that our statements do not hold. */
export function toStatementText(statement: SQL): StatementText {
  const params: unknown[] = []
  const text = textOf(statement, params)
  if (text !== undefined) return { text, params }
  const built = statement.toQuery(dialect)
  return { text: built.sql, params: built.params }
}

/** Undefined when there is a piece of another kind in it. */
function textOf({ queryChunks }: SQL, params: unknown[]): string | undefined {
  let text = ''
  for (const chunk of queryChunks) {
    const piece = pieceOf(chunk, params)
    if (piece === undefined) return undefined
    text += piece
  }
  return text
}

function pieceOf(chunk: unknown, params: unknown[]): string | undefined {
  if (chunk instanceof StringChunk) return chunk.value.join('')
  if (chunk instanceof SQL) return textOf(chunk, params)
  if (chunk instanceof Name) return dialect.escapeName(chunk.value)
  if (chunk === undefined) return ''
  if (chunk instanceof Param) return parameterOf(chunk.value === null ? null : chunk.encoder.mapToDriverValue(chunk.value), params)
  return typeof chunk === 'object' && chunk !== null ? undefined : parameterOf(chunk, params)
}

function parameterOf(value: unknown, params: unknown[]): string | undefined {
  if (value instanceof SQL || value instanceof Placeholder) return undefined
  // The driver would write it word for word, at several times the cost.
  params.push(Array.isArray(value) && value.every((item) => typeof item === 'string') ? arrayLiteral(value) : value)
  return `$${params.length}`
}
