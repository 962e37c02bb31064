import type { Transaction } from '#backend/infra/database/database.ts'
import { runQuery } from '#backend/modules/crm/index.ts'
import type { Note } from '#backend/modules/planner/phrases/notes.ts'
import type { Frame } from '#backend/modules/planner/plan/frame.ts'
import type { PlannerContext } from '#backend/modules/planner/planner.types.ts'
import { entities } from '#contracts/entities.ts'
import type { TypedQueryInput } from '#contracts/query.ts'

/** What has to be said of a ranking by money whose records are in several currencies. */
export async function currencyNote(tx: Transaction, frame: Frame, query: TypedQueryInput, context: PlannerContext): Promise<Note | undefined> {
  const { fields } = entities[frame.entity]
  const by = frame.sort[0]?.by
  if (by === undefined || frame.limit === undefined || query.currency !== undefined || fields.currency === undefined) return undefined
  const field = frame.kind === 'groups' ? frame.measures[0]?.field : by
  if (field === undefined || fields[field]?.type !== 'money') return undefined
  const inTurn: Note = { note: query.windows === undefined ? 'mixedCurrencies' : 'eachCurrencyAlone' }
  const counted: TypedQueryInput = {
    entity: frame.entity,
    ...(query.filter === undefined ? {} : { filter: query.filter }),
    measures: [{ fn: 'countDistinct', field: 'currency', as: 'currencies' }],
  }
  const result = await runQuery(tx, counted, { now: context.now, timeZone: context.timeZone })
  return Number(result.rows[0]?.currencies ?? 0) > 1 ? inTurn : undefined
}
