import type { Database } from '#backend/infra/database/database.ts'
import { isUuid } from '#backend/kernel/ids.ts'

/** What waits in a workspace for somebody to do it. */
export interface DueWork {
  /** A run that nobody works on. */
  run: boolean
  /** A record that a workflow of Insightly named. */
  hint: boolean
  /** A change that is to be sent. */
  change: boolean
}

/**
 * Asks in one round trip, because every process asks all the time. Runs that only the schedule knows of are not among it. A change behind
 * one that failed waits for a person, unless it deletes the record. Nothing is sent before a first copy has told which records are there.
 * @param holder this process: what it let go of halfway it may take again at once
 */
export async function readDueWork(database: Pick<Database, 'roundTrip'>, workspaceId: string, holder: string): Promise<DueWork> {
  // One text cannot carry parameters.
  if (!isUuid(workspaceId) || !isUuid(holder)) throw new Error('A workspace and a process are named by an id.')
  const [row] = await database.roundTrip(`
    set local role chatsg_app; set local app.workspace = '${workspaceId}'; set local app.job = 'insightly';
    select
      exists (select from insightly_runs where workspace_id = '${workspaceId}' and state in ('queued', 'running')
        and (holder is null or holder = '${holder}' or held_until < clock_timestamp())) as run,
      exists (select from insightly_hints where workspace_id = '${workspaceId}') as hint,
      exists (select from insightly_outbox o where workspace_id = '${workspaceId}' and status in ('pending', 'sending') and (not_before is null or not_before <= clock_timestamp())
        and (operation = 'delete' or not exists (select from insightly_outbox f where f.workspace_id = o.workspace_id and f.entity = o.entity and f.record_id = o.record_id
          and f.id < o.id and f.status = 'failed')))
        and exists (select from insightly_runs where workspace_id = '${workspaceId}' and mode = 'full' and state = 'done') as change`)
  return { run: row?.run === true, hint: row?.hint === true, change: row?.change === true }
}
