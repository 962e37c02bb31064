import type { Transaction } from '#backend/infra/database/database.ts'
import { runQuery } from '#backend/modules/crm/index.ts'
import type { Filter, Row } from '#contracts/query.ts'
import { isStateField, type Lexis } from './lexis.ts'
import type { Found } from './resolve.ts'

/** Why it is not known which deals are the biggest: in which currencies they are, or which others may be meant. */
export interface Doubt {
  currencies?: readonly string[]
  rows?: readonly Row[]
}

/** Amounts of different currencies have no order, and of all deals or of the open ones others may be the biggest. */
export async function doubtOfSize(tx: Transaction, { entity, query, rows }: Found, lexis: Lexis): Promise<Doubt | undefined> {
  const filter = query.filter as Filter | undefined
  const options = { now: lexis.context.now, timeZone: lexis.context.timeZone }
  const used = await runQuery(
    tx,
    { entity, ...(filter === undefined ? {} : { filter }), groupBy: [{ field: 'currency' }], measures: [{ fn: 'count', as: 'deals' }], limit: 10 },
    options,
  )
  if (used.rows.length > 1) return { currencies: used.rows.map(({ currency }) => String(currency)) }
  if (rows.every(({ state }) => state === 'open') || saysState(filter)) return undefined
  const open: Filter = { field: 'state', op: 'eq', value: 'open' }
  const { rows: others } = await runQuery(tx, { ...query, filter: filter === undefined ? open : { and: [filter, open] } }, options)
  const biggestOpen = others.slice(0, rows.length)
  const more = biggestOpen.filter(({ id }) => !rows.some((row) => row.id === id))
  return biggestOpen.length === 0 || (biggestOpen.length === rows.length && more.length === 0) ? undefined : { rows: [...rows, ...more] }
}

function saysState(filter: Filter | undefined): boolean {
  if (filter === undefined) return false
  if ('and' in filter) return filter.and.some(saysState)
  if ('or' in filter) return filter.or.some(saysState)
  if ('not' in filter) return saysState(filter.not)
  return 'field' in filter && isStateField(filter.field)
}
