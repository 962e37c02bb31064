import type { Clock } from '#backend/kernel/clock.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { InsightlyError } from './client/insightly-error.ts'
import type { InsightlyUser } from './client/reference-records.ts'
import { type Connectivity, type ConnectivityCheck, describeLatency, finish, toLatency } from './connectivity-check.ts'
import type { DailyQuota } from './limiter/call-permit.ts'
import { describeAccount } from './mirror/account.ts'
import type { OpenConnection } from './mirror/connections.ts'

export interface AccountCheckOptions {
  client: OpenConnection['client']
  url: string
  /** Where the key is from, in words. */
  keyFrom: string
  /** What the client tells while it calls. */
  seen: { callTimesMs: number[]; quota: DailyQuota | undefined }
  requestTimeoutMs: number
  /** The machine's, which no setting freezes. */
  clock: Clock
}

/** For the median; two more calls list pipelines and stages. */
const callsOfUser = 3
/** What a sync leaves to people. */
const reserveShare = 0.05
const mostSkewMs = 5000
const patienceMs = 60_000

/** Calls an account: whether it answers, whose key it is, how fast, how often still today, what its clock says. Five calls. */
export async function checkAccount({ client, url, keyFrom, seen, requestTimeoutMs, clock }: AccountCheckOptions): Promise<Connectivity> {
  const call = { priority: 'person', signal: AbortSignal.timeout(patienceMs) } as const
  const checks: ConnectivityCheck[] = []
  let account: string | null = null
  try {
    const user = await client.me(call)
    account = oneLine(describeAccount(user))
    checks.push({ check: 'connection', status: 'ok', found: `${url} answers` }, describeUser(user, account, keyFrom))
    for (let index = 1; index < callsOfUser; index++) await client.me(call)
    const pipelines = await client.list('pipelines', {}, call)
    const clocks = compareClocks(pipelines.answeredAt, clock.now())
    const stages = await client.list('pipelineStages', {}, call)
    checks.push(
      { check: 'pipelines', status: 'ok', found: `${count(pipelines.rows.length, 'pipeline')} with ${count(stages.rows.length, 'stage')} can be read` },
      clocks,
    )
  } catch (error) {
    checks.push(describeFailure(error))
  }
  const latencyMs = toLatency(seen.callTimesMs)
  if (latencyMs !== null) checks.push(judgeLatency(latencyMs, requestTimeoutMs))
  const quota = seen.quota === undefined ? null : { limit: seen.quota.limit ?? null, remaining: seen.quota.remaining }
  if (account !== null) checks.push(judgeQuota(quota))
  return finish({ mode: 'insightly', url, account, latencyMs, quota, checks })
}

function describeUser(user: InsightlyUser, account: string, keyFrom: string): ConnectivityCheck {
  const role = user.ADMINISTRATOR === true ? ', an administrator' : ''
  const found = `the key of ${keyFrom} belongs to ${account === '' ? `user ${user.USER_ID}` : account}${role}`
  if (user.ACTIVE === false) return { check: 'credentials', status: 'warning', found: `${found}, who is not active`, fix: 'Use the key of an active user.' }
  return { check: 'credentials', status: 'ok', found }
}

/** What stands in the way, under the name of what was to be found out. */
function describeFailure(error: unknown): ConnectivityCheck {
  if (error instanceof InsightlyError) return { check: nameOf(error.problem), status: 'problem', found: error.message }
  if (error instanceof AppError) return { check: error.code === 'RATE_LIMITED' ? 'quota' : 'connection', status: 'problem', found: error.message }
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return {
      check: 'connection',
      status: 'problem',
      found: `Insightly could not be asked within ${patienceMs / 1000} seconds`,
      fix: 'It may not answer, or a sync may use all calls that are allowed. Try again later.',
    }
  throw error
}

function nameOf(problem: InsightlyError['problem']): string {
  if (problem === 'key') return 'credentials'
  if (problem === 'permission' || problem === 'plan') return 'pipelines'
  return problem === 'tooOften' || problem === 'dayUsedUp' ? 'quota' : 'connection'
}

function judgeLatency(latencyMs: NonNullable<Connectivity['latencyMs']>, requestTimeoutMs: number): ConnectivityCheck {
  const found = describeLatency(latencyMs)
  if (latencyMs.slowest < requestTimeoutMs / 2) return { check: 'latency', status: 'ok', found }
  return {
    check: 'latency',
    status: 'warning',
    found,
    fix: `A call is given up after ${requestTimeoutMs} ms. Look at the connection, or raise CRM_REQUEST_TIMEOUT.`,
  }
}

function judgeQuota(quota: Connectivity['quota']): ConnectivityCheck {
  if (quota === null) return { check: 'quota', status: 'ok', found: 'Insightly does not tell how many calls are left' }
  const { limit, remaining } = quota
  const found = limit === null ? `${grouped(remaining)} calls of the day are left` : `${grouped(remaining)} of ${grouped(limit)} calls of the day are left`
  if (remaining === 0)
    return { check: 'quota', status: 'problem', found, fix: 'Insightly answers again when its next day begins. A larger plan allows more calls.' }
  if (limit !== null && remaining < limit * reserveShare)
    return { check: 'quota', status: 'warning', found, fix: 'They are left to what people change; nothing is copied until the next day.' }
  return { check: 'quota', status: 'ok', found }
}

/** Insightly tells its time to the second. */
function compareClocks(answeredAt: string | null, now: Date): ConnectivityCheck {
  if (answeredAt === null) return { check: 'clock', status: 'ok', found: 'Insightly does not tell its time' }
  const ahead = Date.parse(answeredAt) - now.getTime()
  const skewMs = ahead > 0 ? ahead : Math.min(0, ahead + 999)
  if (Math.abs(skewMs) <= mostSkewMs) return { check: 'clock', status: 'ok', found: 'this machine and Insightly agree' }
  return {
    check: 'clock',
    status: 'warning',
    found: `Insightly's clock is ${(Math.abs(skewMs) / 1000).toFixed(0)} s ${skewMs > 0 ? 'ahead of' : 'behind'} this machine's`,
    fix: 'Let this machine follow a time server.',
  }
}

/** What somebody else's server says must not steer a terminal. */
function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 200)
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

function grouped(number: number): string {
  return number.toLocaleString('en-US')
}
