import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Transaction } from '#backend/infra/database/database.ts'
import { writeAsMirror } from '../mirror/mirror-actor.ts'
import { type OutboxTest, openOutbox } from './outbox.testing.ts'
import { prepareWrite } from './outgoing.ts'

let test: OutboxTest
beforeAll(async () => {
  test = await openOutbox()
})
afterAll(() => test.close())

/** Lets something happen after so many statements of a transaction. */
function interrupted(tx: Transaction, after: number, happen: () => Promise<unknown>): Transaction {
  let statements = 0
  const query: Transaction['query'] = async (...given) => {
    const rows = await tx.query(...given)
    if (++statements === after) await happen()
    return rows as never
  }
  return { ...tx, workspaceId: tx.workspaceId, query }
}

it.each([1, 2, 3, 4, 5, 6, 7])('a contact that arrives after %i statements of what refers to it is waited for or known, never left out', async (after) => {
  const contact = await test.make('contacts', { first_name: `Arrives ${after}` })
  const insightlyId = 900_000_000 + after
  const arrive = async () => {
    await test.gold(`insert into insightly_records (workspace_id, entity, insightly_id, record_id) values ($1, 'contacts', $2, $3)`, [
      test.workspaceId,
      insightlyId,
      contact,
    ])
    await test.gold(`update insightly_outbox set status = 'done', ended_at = now() where workspace_id = $1 and record_id = $2`, [test.workspaceId, contact])
  }
  const prepared = await writeAsMirror(test.database, test.workspaceId, (tx) =>
    prepareWrite(interrupted(tx, after, arrive), 'opportunities', { name: 'Refers', contact_id: contact }, { isNew: true, ownUserId: 1 }),
  )
  if ('kind' in prepared) expect(prepared).toMatchObject({ kind: 'waits', keys: [`contacts ${contact}`] })
  else expect(prepared).toMatchObject({ contact: insightlyId, waitsFor: [] })
})
