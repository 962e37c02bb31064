import { AppError } from '#backend/kernel/errors.ts'
import type { InsightlyTrial } from '#contracts/sync.ts'
import type { CallOptions } from '../client/calls.ts'
import { InsightlyError, isNotInPlan } from '../client/insightly-error.ts'
import { mirroredEntities, objectOf } from '../mapping/index.ts'
import type { OpenConnection } from './connections.ts'

/** Lists of users, stages, statuses, custom fields and entries of price books. */
const referenceCalls = 19
const pageSize = 500

/** What is wrong with what somebody typed, told to that person: nobody at a page sets variables. */
export function asTyped(error: unknown, url: string): unknown {
  if (!(error instanceof InsightlyError)) return error
  const { host } = new URL(url)
  const message = messageFor(error.problem, host)
  return message === undefined
    ? error
    : new AppError('VALIDATION', message, { cause: error, details: [{ field: error.problem === 'key' ? 'key' : 'url', message: 'is not right' }] })
}

function messageFor(problem: InsightlyError['problem'], host: string): string | undefined {
  switch (problem) {
    case 'key':
      return `Insightly at ${host} refuses this API key. Copy it again from Insightly, User settings, API, or choose the pod that stands beside it there.`
    case 'missing':
    case 'plan':
    case 'address':
    case 'unreadable':
      return `What answers at ${host} is not the Insightly API. Check the address; it ends with /v3.1.`
    case 'unreachable':
    case 'timeout':
      return `Nothing answers at ${host}. Check the address and this server's way to the internet, and try again.`
    default:
      return undefined
  }
}

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
