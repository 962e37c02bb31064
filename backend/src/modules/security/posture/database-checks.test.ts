import { expect, inject, it } from 'vitest'
import { openDatabase } from '#backend/infra/database/database.ts'
import type { PostureCheck } from '#contracts/security.ts'
import { createTestWorkspace } from '../../../../test/harness.ts'
import { checkDatabase } from './database-checks.ts'

const states = (checks: PostureCheck[]) => checks.map(({ id, state }) => [id, state])

it('finds the database as the server uses it in order', async () => {
  const { database, actor } = await createTestWorkspace()
  expect(states(await database.transaction(actor, checkDatabase))).toEqual([
    ['row-level-security', 'good'],
    ['login-role', 'good'],
  ])
})

it('names a table without a guard, and a login that may do everything', async () => {
  const { actor } = await createTestWorkspace()
  const asOwner = openDatabase({ connectionString: inject('adminUrl'), maxConnections: 1, connectionTimeoutMs: 5000, onError: () => undefined })
  let checks: PostureCheck[] = []
  const rolledBack = asOwner.transaction(actor, async (tx) => {
    await tx.client.query('reset role')
    await tx.client.query('set local search_path = chatsg')
    await tx.client.query('create table unguarded (workspace_id uuid)')
    checks = await checkDatabase(tx)
    throw new Error('enough')
  })
  await expect(rolledBack).rejects.toThrow('enough')
  await asOwner.close()
  expect(states(checks)).toEqual([
    ['row-level-security', 'bad'],
    ['login-role', 'bad'],
  ])
  expect(checks[0]?.detail).toContain('unguarded')
})
