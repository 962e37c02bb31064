import type { InsightlyTrial } from '#contracts/sync.ts'
import type { CallOptions } from '../client/calls.ts'
import { InsightlyError, isNotInPlan } from '../client/insightly-error.ts'
import { mirroredEntities, objectOf } from '../mapping/index.ts'
import type { OpenConnection } from './connections.ts'

/** Lists of users, stages, statuses and custom fields. */
const referenceCalls = 16
const pageSize = 500

/** Tries a key and counts what would be copied, in about ten calls that a person waits for. */
export async function tryAccess(
  { client, standing }: OpenConnection,
  { maxRequests, windowMs, signal }: { maxRequests: number; windowMs: number; signal?: AbortSignal },
): Promise<InsightlyTrial> {
  const call: CallOptions = { priority: 'person', signal }
  const beganAt = performance.now()
  const user = await client.me(call)
  const latencyMs = Math.round(performance.now() - beganAt)
  const records: Record<string, number> = {}
  const notInPlan: string[] = []
  let calls = referenceCalls
  await Promise.all(
    mirroredEntities.map(async (entity) => {
      try {
        const { total, rows } = await client.list(objectOf(entity), { top: 1, brief: true, countTotal: true }, call)
        records[entity] = total ?? rows.length
        calls += Math.max(1, Math.ceil((total ?? rows.length) / pageSize))
      } catch (error) {
        if (!isNotInPlan(error) && !(error instanceof InsightlyError && error.problem === 'permission')) throw error
        notInPlan.push(entity)
      }
    }),
  )
  const { quota } = await standing()
  const name = [user.FIRST_NAME, user.LAST_NAME].filter((part) => typeof part === 'string' && part !== '').join(' ')
  const email = typeof user.EMAIL_ADDRESS === 'string' && user.EMAIL_ADDRESS !== '' ? user.EMAIL_ADDRESS : null
  return {
    ok: true,
    account: { name: name === '' ? (email ?? `User ${user.USER_ID}`) : name, email },
    latencyMs,
    quota: quota === null ? null : { limit: quota.limit, remaining: quota.remaining },
    records,
    notInPlan,
    estimate: { calls, seconds: Math.ceil((calls / maxRequests) * (windowMs / 1000)) },
  }
}
