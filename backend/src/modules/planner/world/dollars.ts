import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Lexeme, Reading } from '#backend/modules/planner/language/reading.ts'

/** What a vocabulary calls a dollar of which nothing says whose: "$", "bucks". */
const anyDollar = 'dollar'
const americanDollar = 'USD'
/** Currencies that those who count in them call dollars. */
const dollars = new Set([
  'AUD',
  'BBD',
  'BMD',
  'BND',
  'BSD',
  'BZD',
  'CAD',
  'FJD',
  'GYD',
  'HKD',
  'JMD',
  'KYD',
  'LRD',
  'NAD',
  'NZD',
  'SBD',
  'SGD',
  'SRD',
  'TTD',
  'TWD',
  'USD',
])

/** "Under 50 dollars": the workspace's own, where it counts in dollars and has nothing in American ones. */
export async function inOwnDollars(tx: Transaction, lexemes: readonly Lexeme[]): Promise<Lexeme[]> {
  const isAny = (reading: Reading) =>
    ((reading.kind === 'number' || reading.kind === 'comparison') && reading.currency === anyDollar) ||
    (reading.kind === 'currency' && reading.code === anyDollar)
  if (!lexemes.some(({ readings }) => readings.some(({ reading }) => isAny(reading)))) return [...lexemes]
  const { code } = await tx.cached('planner.dollar', () => meantDollar(tx))
  const settled = (reading: Reading): Reading => {
    if (!isAny(reading)) return reading
    return reading.kind === 'currency' ? { ...reading, code } : ({ ...reading, currency: code } as Reading)
  }
  return lexemes.map((lexeme) => ({ ...lexeme, readings: lexeme.readings.map((one) => ({ ...one, reading: settled(one.reading) })) }))
}

async function meantDollar(tx: Transaction): Promise<{ code: string }> {
  const [workspace] = await tx.query<{ currency: string }>(sql`select currency from workspaces where id = ${tx.workspaceId}`)
  const own = workspace?.currency ?? americanDollar
  if (own === americanDollar || !dollars.has(own)) return { code: americanDollar }
  const kept = (table: string) =>
    sql`exists (select 1 from ${sql.identifier(table)} where workspace_id = ${tx.workspaceId} and currency = ${americanDollar} and deleted_at is null)`
  const [row] = await tx.query<{ american: boolean }>(
    sql`select ${sql.join(
      ['opportunities', 'orders', 'products'].map((table) => kept(table)),
      sql` or `,
    )} as american`,
  )
  return { code: row?.american === true ? americanDollar : own }
}
