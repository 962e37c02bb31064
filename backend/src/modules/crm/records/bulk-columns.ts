import { type SQL, sql } from '#backend/infra/database/database.ts'
import { arrayLiteral } from '#backend/kernel/array-literal.ts'

/** A column of rows to be written: where its values are found, and their type. */
export interface BulkColumn {
  key: string
  sqlType: string
}

type Row = Readonly<Record<string, unknown>>

/** A word that an array holds without quotes. */
const plainWord = /^[a-z0-9@._+'%-]+$/

/** The same of a short list of texts, such as a record's words, which seldom need quotes. */
function listLiteral(texts: readonly string[]): string {
  for (const text of texts) if (!plainWord.test(text) || text === 'null') return arrayLiteral(texts)
  return `{${texts.join()}}`
}

/** `unnest(…) as x(…)`: rows fed by one parameter a column. Lists are texts there, to be cast. */
export function unnestRows(rows: readonly Row[], columns: readonly BulkColumn[]): SQL {
  return sql`unnest(${sql.join(
    columns.map(({ key, sqlType }) => sql`${arrayLiteral(valuesOf(rows, key, sqlType))}::${sql.raw(isList(sqlType) ? 'text[]' : `${sqlType}[]`)}`),
    sql`, `,
  )}) as x(${sql.join(
    columns.map(({ key }) => sql.identifier(key)),
    sql`, `,
  )})`
}

/** The column's value in a row of `unnestRows`, in its own type. */
export function unnested({ key, sqlType }: BulkColumn): SQL {
  return isList(sqlType) ? sql`x.${sql.identifier(key)}::${sql.raw(sqlType)}` : sql`x.${sql.identifier(key)}`
}

function isList(sqlType: string): boolean {
  return sqlType.endsWith('[]')
}

function valuesOf(rows: readonly Row[], key: string, sqlType: string): unknown[] {
  const toText = isList(sqlType) ? listLiteral : sqlType === 'jsonb' ? JSON.stringify : undefined
  const values: unknown[] = new Array(rows.length)
  for (let index = 0; index < rows.length; index++) {
    const value = rows[index]?.[key] ?? null
    values[index] = toText === undefined || value === null ? value : toText(value as string[])
  }
  return values
}
