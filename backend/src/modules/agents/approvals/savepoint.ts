import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { AppError } from '#backend/kernel/errors.ts'

/** What came of work that may be taken back. */
export type Attempt<T> = { done: T } | { refused: AppError }

/** What a person can mend or decide on; everything else ends the transaction. */
const refusals = new Set<AppError['code']>(['VALIDATION', 'NOT_FOUND', 'CONFLICT'])

/** Does the work and, unless it says otherwise, takes it back: nothing of it stays in the transaction when it is refused or only tried. */
export async function attempt<T>(tx: Transaction, work: () => Promise<T>, keep: (outcome: T) => boolean): Promise<Attempt<T>> {
  await tx.query(sql`savepoint attempt`)
  try {
    const done = await work()
    if (!keep(done)) await tx.query(sql`rollback to savepoint attempt`)
    await tx.query(sql`release savepoint attempt`)
    return { done }
  } catch (error) {
    if (!(error instanceof AppError) || !refusals.has(error.code) || isInterlock(error)) throw error
    await tx.query(sql`rollback to savepoint attempt`)
    await tx.query(sql`release savepoint attempt`)
    return { refused: error }
  }
}

/** The database ended it for another one's sake: whoever began the transaction tries again. */
function isInterlock({ cause }: AppError): boolean {
  return ['40P01', '40001'].includes((cause as { code?: string } | undefined)?.code ?? '')
}
