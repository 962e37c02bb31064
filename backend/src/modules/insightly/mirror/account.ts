import type { Database } from '#backend/infra/database/database.ts'
import { AppError } from '#backend/kernel/errors.ts'
import type { CallOptions } from '../client/calls.ts'
import type { InsightlyClient } from '../client/insightly-client.ts'
import type { InsightlyUser } from '../client/reference-records.ts'
import { readConnection, saveAccount } from './connections.repository.ts'
import { writeAsMirror } from './mirror-actor.ts'

/** Whose key it is, in one line. */
export function describeAccount(user: InsightlyUser): string {
  const name = [user.FIRST_NAME, user.LAST_NAME].filter((part) => typeof part === 'string' && part !== '').join(' ')
  const email = typeof user.EMAIL_ADDRESS === 'string' ? user.EMAIL_ADDRESS : ''
  return name === '' ? email : email === '' ? name : `${name} (${email})`
}

/**
 * Notes whose key it is.
 * @throws AppError CONFLICT when the key is of another account than the one the records were copied from: there the same ids are other records
 */
export async function identifyAccount(database: Database, workspaceId: string, client: InsightlyClient, call: CallOptions): Promise<number> {
  const user = await client.me(call)
  const instanceId = typeof user.INSTANCE_ID === 'number' && user.INSTANCE_ID > 0 ? user.INSTANCE_ID : null
  await writeAsMirror(database, workspaceId, async (tx) => {
    const connection = await readConnection(tx)
    if (connection?.instanceId != null && instanceId !== null && connection.instanceId !== instanceId)
      throw new AppError(
        'CONFLICT',
        'This API key belongs to another Insightly account than the one whose records are here, so nothing was copied. Set the former key again, or leave Insightly first and connect anew.',
      )
    await saveAccount(tx, { account: describeAccount(user), accountUserId: user.USER_ID, instanceId: instanceId ?? connection?.instanceId ?? null })
  })
  return user.USER_ID
}
