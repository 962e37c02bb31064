import { beforeAll, describe, expect, it } from 'vitest'
import { type SQL, sql } from '#backend/infra/database/database.ts'
import { newId } from '#backend/kernel/ids.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../../test/harness.ts'
import { newIds } from './record-ids.ts'

let mine: TestWorkspace
let theirs: TestWorkspace
const organisation = newId()
beforeAll(async () => {
  mine = await createTestWorkspace()
  theirs = await createTestWorkspace()
  await mine.gold(`insert into organisations (workspace_id, id, name, created_at, updated_at) values ($1, $2, 'Acme', now(), now())`, [
    mine.workspaceId,
    organisation,
  ])
})

const run = (statement: SQL) => mine.database.transaction(mine.actor, (tx) => tx.query(statement))
const insertContacts = (...organisations: (string | null)[]) => {
  const ids = sql.param(newIds(organisations.length))
  return run(sql`insert into contacts (workspace_id, id, last_name, organisation_id, created_at, updated_at)
    select ${mine.workspaceId}, id, 'Person', organisation, now(), now() from unnest(${ids}::uuid[], ${sql.param(organisations)}::uuid[]) as x(id, organisation)`)
}
const refusal = { code: '23503', constraint: 'contacts_workspace_id_organisation_id_fkey' }

describe('references of records, checked once a statement', () => {
  it('take what is there and nothing', async () => {
    await insertContacts(organisation, null, organisation)
    expect(await mine.gold('select count(*)::int as n, count(organisation_id)::int as held from contacts where workspace_id = $1')).toEqual([{ n: 3, held: 2 }])
  })

  it('refuse a record that is not there, one of many, and one of another workspace', async () => {
    await expect(insertContacts(newId())).rejects.toMatchObject(refusal)
    await expect(insertContacts(...Array.from({ length: 50 }, () => organisation), newId())).rejects.toMatchObject(refusal)
    const elsewhere = newId()
    await theirs.gold(`insert into organisations (workspace_id, id, name, created_at, updated_at) values ($1, $2, 'Theirs', now(), now())`, [
      theirs.workspaceId,
      elsewhere,
    ])
    await expect(insertContacts(elsewhere)).rejects.toMatchObject(refusal)
  })

  it('are kept by updates and by the removal of what they point to', async () => {
    await insertContacts(organisation)
    await expect(run(sql`update contacts set organisation_id = ${newId()} where workspace_id = ${mine.workspaceId}`)).rejects.toMatchObject(refusal)
    await expect(run(sql`delete from organisations where workspace_id = ${mine.workspaceId} and id = ${organisation}`)).rejects.toMatchObject(refusal)
  })

  it('go with their workspace, with everything that search derives from them', async () => {
    const gone = await createTestWorkspace()
    const id = newId()
    await gone.gold(`insert into contacts (workspace_id, id, last_name, owner_id, created_at, updated_at) values ($1, $2, 'X', $3, now(), now())`, [
      gone.workspaceId,
      id,
      gone.actor.userId,
    ])
    await gone.gold(`insert into search_words (workspace_id, word) values ($1, 'x')`)
    await gone.gold('delete from workspaces where id = $1')
    expect(
      await gone.gold(
        'select (select count(*)::int from contacts where workspace_id = $1) + (select count(*)::int from search_words where workspace_id = $1) as left',
      ),
    ).toEqual([{ left: 0 }])
    await expect(gone.gold(`insert into search_words (workspace_id, word) values ($1, 'x')`)).rejects.toMatchObject({ code: '23503' })
  })
})

it('makes ids that are UUIDs of version 7 and rise, many in one millisecond too', () => {
  const ids = newIds(10_000)
  expect(new Set(ids).size).toBe(10_000)
  expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(true)
  expect(ids).toEqual([...ids].sort())
})
