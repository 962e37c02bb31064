import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Gold } from './judge.ts'

/**
 * Runs a gold statement with the workspace as `$1` and the moment as `$2`; a failed one leaves the transaction usable.
 * @throws Error with the database's reason when the statement is not right
 */
export async function runGold(tx: Transaction, statement: string, now: Date): Promise<Gold> {
  // Parameters that a statement does not name have no type, so each is given one.
  const text = `with workspace_and_moment as (select $1::uuid, $2::timestamptz) ${statement.trim().replace(/^with\s/i, ', ')}`
  await tx.query(sql`savepoint gold`)
  try {
    const { fields, rows } = await tx.client.query<unknown[]>({ text, values: [tx.workspaceId, now.toISOString()], rowMode: 'array' })
    return { columns: fields.map(({ name }) => name), rows }
  } catch (error) {
    await tx.query(sql`rollback to savepoint gold`)
    throw new Error(`The gold statement fails: ${(error as Error).message}`, { cause: error })
  }
}
