import type { Database, Transaction, TransactionOptions } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'

/** Writes what Insightly says; what it writes does not join the outbox (`insightly_is_sent` in migration 0017 knows the name). */
export function mirrorActor(workspaceId: string): Extract<Actor, { type: 'system' }> {
  return { type: 'system', workspaceId, job: 'insightly', name: 'Insightly' }
}

/** Reads as the mirror, which sees everything of its workspace; what people may see of it is decided before. */
export function readAsMirror<T>(database: Database, workspaceId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return database.transaction(mirrorActor(workspaceId), work, { readOnly: true })
}

/** Writes as the mirror, which is nobody's access: the audit trail tells what people do. */
export function writeAsMirror<T>(
  database: Database,
  workspaceId: string,
  work: (tx: Transaction) => Promise<T>,
  options: Omit<TransactionOptions, 'readOnly'> = {},
): Promise<T> {
  return database.transaction(mirrorActor(workspaceId), work, options)
}
