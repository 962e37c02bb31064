import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { type EntityName, entities } from '#contracts/entities.ts'

const firstRefresh = 1000
const growth = 4

/**
 * Tells the database's planner how far the tables have grown, whenever an import has written four times as much as the last time:
 * between two such moments its idea of a table's size is never far off, and every look-up keeps using the right index.
 */
export function createStatisticsRefresher(entity: EntityName): { isDue(rows: number): boolean; refresh(tx: Transaction): Promise<void> } {
  let next = firstRefresh
  const tables = [...new Set([entities[entity].table, ...(entity === 'orders' ? ['order_lines'] : []), 'contacts', 'organisations', 'search_documents'])]
  return {
    isDue(rows) {
      if (rows < next) return false
      while (next <= rows) next *= growth
      return true
    },
    async refresh(tx) {
      await tx.query(sql`select refresh_statistics(${sql.param(tables)}::text[])`)
    },
  }
}
