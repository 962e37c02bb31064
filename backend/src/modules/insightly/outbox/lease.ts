import { sql, type Transaction } from '#backend/infra/database/database.ts'

export interface Lease {
  /** Whose key it is, where that is known. */
  accountUserId: number | null
  notInPlan: string[]
}

/** Gives the outbox of a workspace to one process for a while, by the database's time, which all processes share; undefined when another has it. */
export async function takeLease(tx: Transaction, holder: string, leaseMs: number): Promise<Lease | undefined> {
  const [row] = await tx.query<Lease>(sql`
    update insightly_connections set deliverer = ${holder}, deliverer_until = clock_timestamp() + ${leaseMs} * interval '1 ms'
    where workspace_id = ${tx.workspaceId} and state = 'mirrored' and (deliverer is null or deliverer = ${holder} or deliverer_until < clock_timestamp())
    returning account_user_id as "accountUserId", not_in_plan as "notInPlan"`)
  return row
}

export interface Renewal {
  leaseMs: number
  settleMs: number
  /** Changes that this process is sending. */
  inFlight: readonly number[]
}

/** Keeps it for longer, and with it what is being sent out of the hands of whoever comes after a crash. */
export async function renewLease(tx: Transaction, holder: string, { leaseMs, settleMs, inFlight }: Renewal): Promise<boolean> {
  const rows = await tx.query(sql`
    update insightly_connections set deliverer_until = clock_timestamp() + ${leaseMs} * interval '1 ms'
    where workspace_id = ${tx.workspaceId} and deliverer = ${holder} and state = 'mirrored' returning workspace_id`)
  if (rows.length === 0) return false
  await tx.query(sql`
    update insightly_outbox set not_before = clock_timestamp() + ${settleMs} * interval '1 ms'
    where workspace_id = ${tx.workspaceId} and id = any(${sql.param([...inFlight])}::bigint[])
      and status = 'sending' and sent is not null and not_before is not null`)
  return true
}

export async function releaseLease(tx: Transaction, holder: string): Promise<void> {
  await tx.query(
    sql`update insightly_connections set deliverer = null, deliverer_until = null where workspace_id = ${tx.workspaceId} and deliverer = ${holder}`,
  )
}

/** False when another process has the outbox by now, or nobody is to deliver any more. Not locked: whoever renews must not wait for it. */
export async function holdsLease(tx: Transaction, holder: string): Promise<boolean> {
  const rows = await tx.query(sql`
    select from insightly_connections
    where workspace_id = ${tx.workspaceId} and deliverer = ${holder} and deliverer_until > clock_timestamp() and state = 'mirrored'`)
  return rows.length > 0
}
