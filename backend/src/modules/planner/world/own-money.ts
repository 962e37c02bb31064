import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Lexeme, Reading } from '#backend/modules/planner/language/reading.ts'

/** What a vocabulary calls money of which nothing says whose: "$", "bucks"; "kroner". */
type SharedName = 'dollar' | 'crown'

const americanDollar = 'USD'
/** Currencies that those who count in them call by one name. */
const called: Readonly<Record<SharedName, ReadonlySet<string>>> = {
  dollar: new Set([
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
  ]),
  crown: new Set(['CZK', 'DKK', 'ISK', 'NOK', 'SEK']),
}

/** "Under 50 dollars", "100,000 kroner": those of the workspace. Which crowns are meant is not known where there are several. */
export async function inOwnMoney(tx: Transaction, lexemes: readonly Lexeme[]): Promise<Lexeme[]> {
  let settled = [...lexemes]
  for (const name of ['dollar', 'crown'] as const) {
    if (!settled.some(({ readings }) => readings.some(({ reading }) => saysMoney(reading) === name))) continue
    const { code } = await tx.cached(`planner.${name}`, () => (name === 'dollar' ? meantDollar(tx) : meantCrown(tx)))
    settled = settled.map((lexeme) => ({
      ...lexeme,
      readings: lexeme.readings.map((one) => (saysMoney(one.reading) === name ? { ...one, reading: inMoney(one.reading, code) } : one)),
    }))
  }
  return settled
}

function saysMoney(reading: Reading): string | undefined {
  if (reading.kind === 'currency') return reading.code
  return reading.kind === 'number' || reading.kind === 'comparison' ? reading.currency : undefined
}

function inMoney(reading: Reading, code: string | null): Reading {
  if (code === null) return { kind: 'unknown' }
  return reading.kind === 'currency' ? { ...reading, code } : ({ ...reading, currency: code } as Reading)
}

/** The workspace's own, where it counts in dollars and has nothing in American ones. */
async function meantDollar(tx: Transaction): Promise<{ code: string }> {
  const own = await ownCurrency(tx)
  if (own === americanDollar || !called.dollar.has(own)) return { code: americanDollar }
  return { code: (await isKept(tx, americanDollar)) ? americanDollar : own }
}

/** The workspace's own, where it counts in crowns, else the only ones that it has anything in. */
async function meantCrown(tx: Transaction): Promise<{ code: string | null }> {
  const own = await ownCurrency(tx)
  if (called.crown.has(own)) return { code: own }
  const kept: string[] = []
  for (const code of called.crown) if (await isKept(tx, code)) kept.push(code)
  const [only] = kept
  return { code: kept.length === 1 && only !== undefined ? only : null }
}

async function ownCurrency(tx: Transaction): Promise<string> {
  const [workspace] = await tx.query<{ currency: string }>(sql`select currency from workspaces where id = ${tx.workspaceId}`)
  return workspace?.currency ?? americanDollar
}

async function isKept(tx: Transaction, code: string): Promise<boolean> {
  const inTable = (table: string) =>
    sql`exists (select 1 from ${sql.identifier(table)} where workspace_id = ${tx.workspaceId} and currency = ${code} and deleted_at is null)`
  const [row] = await tx.query<{ kept: boolean }>(
    sql`select ${sql.join(
      ['opportunities', 'orders', 'products'].map((table) => inTable(table)),
      sql` or `,
    )} as kept`,
  )
  return row?.kept === true
}
