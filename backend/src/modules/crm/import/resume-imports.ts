import { type Database, sql } from '#backend/infra/database/database.ts'
import type { Actor, Role } from '#backend/kernel/actor.ts'
import { AppError } from '#backend/kernel/errors.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import { type AcceptedImport, forgetAccepted, listAccepted, reopenAccepted } from './accepted-imports.ts'
import type { ImportJob } from './run-import.ts'

export interface ResumeDependencies {
  database: Database
  operations: Operations
  folder: string
  logger: { error(details: object, message: string): void }
  abandon(accepted: AcceptedImport, failure: string): Promise<void>
}

/** The imports that an earlier process on this data folder took on and did not bring to their end, ready to be run. */
export async function resumeImports({ database, operations, folder, logger, abandon }: ResumeDependencies): Promise<ImportJob[]> {
  const jobs: ImportJob[] = []
  for (const accepted of await listAccepted(folder)) {
    const { importId } = accepted
    try {
      const actor = await actorOf(database, accepted.actor)
      operations.require(actor, 'crm:import', 'imports.run')
      jobs.push({ ...accepted, actor, file: await reopenAccepted(folder, importId), durable: true })
    } catch (error) {
      logger.error({ err: error, importId }, 'An import cannot go on')
      if (!(error instanceof AppError) || error.code === 'UNAVAILABLE') continue
      const failure = `The server stopped in the middle of this import, and it cannot go on: ${error.message} The rows counted here have landed and can be undone.`
      await abandon({ ...accepted, actor: system(accepted.actor.workspaceId) }, failure)
      await forgetAccepted(folder, importId)
    }
  }
  return jobs
}

function system(workspaceId: string): Actor {
  return { type: 'system', workspaceId, job: 'imports' }
}

/** The person as they are now: whoever has lost the right to import since does not import any more. */
async function actorOf(database: Database, actor: Actor): Promise<Actor> {
  if (actor.type !== 'user') return actor
  const [person] = await database.transaction(
    system(actor.workspaceId),
    (tx) =>
      tx.query<{ name: string; role: Role }>(sql`select name, role from users where workspace_id = ${tx.workspaceId} and id = ${actor.userId} and active`),
    { readOnly: true },
  )
  if (person === undefined) throw new AppError('FORBIDDEN', 'The person who started it is not active any more.')
  return { ...actor, ...person }
}
