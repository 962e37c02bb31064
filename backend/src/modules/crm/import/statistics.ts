import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { type EntityName, entities } from '#contracts/entities.ts'

const firstRefresh = 1000
const growth = 8
/** From so many rows on, what they join to is worth planning; also those of a new workspace in a table that is large already. */
const worthTelling = 100

export interface StatisticsRefresher {
  isDue(rows: number): boolean
  /** Whether so many rows may have changed what the planner should know. */
  isWorthTelling(rows: number): boolean
  refresh(tx: Transaction): Promise<void>
  /** At the end of a load: the statistics, and search in its best shape. */
  complete(tx: Transaction): Promise<void>
}

/**
 * Tells the database's planner how far the tables have grown, whenever an import has written eight times as much as the last time, and
 * at its end: between two such moments its idea of a table is never far off, and every look-up keeps using the right index.
 */
export function createStatisticsRefresher(entity: EntityName): StatisticsRefresher {
  let next = firstRefresh
  const tables = [...new Set([entities[entity].table, ...(entity === 'orders' ? ['order_lines'] : []), 'contacts', 'organisations', 'search_documents'])]
  const refresh = async (tx: Transaction) => {
    await tx.query(sql`select refresh_growth(${sql.param(tables)}::text[])`)
  }
  return {
    isDue(rows) {
      if (rows < next) return false
      while (next <= rows) next *= growth
      return true
    },
    isWorthTelling: (rows) => rows >= worthTelling,
    refresh,
    async complete(tx) {
      await refresh(tx)
      await tx.query(sql`select finish_bulk_load()`)
    },
  }
}
