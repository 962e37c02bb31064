import { sql } from '#backend/infra/database/database.ts'
import { InsightlyError, isNotInPlan } from '../client/insightly-error.ts'
import { insightlyObjects } from '../client/objects.ts'
import { type MirroredEntity, objectOf } from '../mapping/index.ts'
import type { RunContext } from './run-context.ts'

/** What was fetched; undefined, and said once, when the account's plan or the key's owner does not have such records. */
export async function orNotInPlan<T>(context: RunContext, entity: MirroredEntity, fetch: () => Promise<T>): Promise<T | undefined> {
  try {
    return await fetch()
  } catch (error) {
    const isForbidden = error instanceof InsightlyError && error.problem === 'permission'
    if (!isNotInPlan(error) && !isForbidden) throw error
    const { many } = insightlyObjects[objectOf(entity)]
    context.logger.warn({ object: many }, `Insightly: ${many} are not in your plan, or not visible to the owner of the key; they are left out`)
    await context.land(async (tx) => {
      await tx.query(sql`
        update insightly_connections set not_in_plan = array_append(not_in_plan, ${entity})
        where workspace_id = ${tx.workspaceId} and not ${entity} = any(not_in_plan)`)
      return undefined
    })
    return undefined
  }
}
