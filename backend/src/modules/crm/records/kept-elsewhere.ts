import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { type EntityName, entities } from '#contracts/entities.ts'

/** Kinds of records that another system may keep, and that are only read here then. */
const perhapsElsewhere: ReadonlySet<EntityName> = new Set(['quotes', 'quote_lines'])

/** @throws AppError CONFLICT for a change of records that come from another system and cannot be sent back to it */
export async function refuseKeptElsewhere(tx: Transaction, entity: EntityName): Promise<void> {
  if (!perhapsElsewhere.has(entity)) return
  const [row] = await tx.query<{ system: string | null }>(sql`select kept_elsewhere(${entity}) as system`)
  const system = row?.system ?? null
  if (system === null) return
  const { labelPlural } = entities[entity]
  throw new AppError(
    'CONFLICT',
    `${labelPlural} of this workspace come from ${system} and are only read here, so nothing was changed. Change them in ${system}; what you change there is here after the next sync.`,
  )
}
