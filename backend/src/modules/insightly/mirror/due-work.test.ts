import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '#backend/infra/database/database.ts'
import { newId } from '#backend/kernel/ids.ts'
import { readDueWork } from './due-work.ts'
import { createTestMirror, type TestMirror } from './mirror.testing.ts'
import { writeAsMirror } from './mirror-actor.ts'

let mirror: TestMirror
let other: TestMirror
const holder = newId()
const nothing = { run: false, hint: false, change: false }

beforeAll(async () => {
  mirror = await createTestMirror()
  other = await createTestMirror()
})
afterAll(() => Promise.all([mirror.close(), other.close()]))

const due = (asking = holder) => readDueWork(mirror.workspace.database, mirror.workspace.workspaceId, asking)
const write = (statement: ReturnType<typeof sql>) => writeAsMirror(mirror.workspace.database, mirror.workspace.workspaceId, (tx) => tx.query(statement))
const workspace = () => mirror.workspace.workspaceId

describe('what is due for the mirror', () => {
  it('is nothing in a workspace where nothing waits, whatever waits in another', async () => {
    await writeAsMirror(other.workspace.database, other.workspace.workspaceId, (tx) =>
      tx.query(sql`insert into insightly_hints (workspace_id, object, insightly_id, at) values (${tx.workspaceId}, 'contacts', 1, clock_timestamp())`),
    )
    expect(await due()).toEqual(nothing)
    expect(await readDueWork(other.workspace.database, other.workspace.workspaceId, holder)).toEqual({ ...nothing, hint: true })
  })

  it('is a hint', async () => {
    await write(sql`insert into insightly_hints (workspace_id, object, insightly_id, at) values (${workspace()}, 'contacts', 1, clock_timestamp())`)
    expect(await due()).toEqual({ ...nothing, hint: true })
    await write(sql`delete from insightly_hints where workspace_id = ${workspace()}`)
  })

  it.each([
    ['queued', undefined, 0, true],
    ['running', holder, 60, true],
    ['running', newId(), 60, false],
    ['running', newId(), -1, true],
    ['paused', undefined, 0, false],
    ['done', undefined, 0, false],
  ] as const)('is a run that is %s, held by %s for %i s: %s', async (state, heldBy, seconds, expected) => {
    await write(sql`
      insert into insightly_runs (workspace_id, id, mode, state, requested_by, requested_at, holder, held_until)
      values (${workspace()}, ${newId()}, 'full', ${state}, 'test', clock_timestamp(), ${heldBy ?? null}, clock_timestamp() + ${seconds} * interval '1 second')`)
    expect(await due()).toEqual({ ...nothing, run: expected })
    await write(sql`delete from insightly_runs where workspace_id = ${workspace()}`)
  })

  it('is no change before there is a full copy', async () => {
    await write(sql`
      insert into insightly_outbox (workspace_id, entity, record_id, operation, status, made_at)
      values (${workspace()}, 'contacts', ${newId()}, 'create', 'pending', clock_timestamp())`)
    expect(await due()).toEqual(nothing)
    await write(sql`
      insert into insightly_runs (workspace_id, id, mode, state, requested_by, requested_at) values (${workspace()}, ${newId()}, 'full', 'done', 'test', clock_timestamp())`)
    expect(await due()).toEqual({ ...nothing, change: true })
    await write(sql`delete from insightly_outbox where workspace_id = ${workspace()}`)
  })

  it.each([
    ['pending', 0, true],
    ['sending', -5, true],
    ['pending', 60, false],
    ['failed', 0, false],
    ['done', 0, false],
  ] as const)('is a change that is %s, not before %i s from now: %s', async (status, seconds, expected) => {
    await write(sql`
      insert into insightly_outbox (workspace_id, entity, record_id, operation, status, made_at, not_before)
      values (${workspace()}, 'contacts', ${newId()}, 'create', ${status}, clock_timestamp(), clock_timestamp() + ${seconds} * interval '1 second')`)
    expect(await due()).toEqual({ ...nothing, change: expected })
    await write(sql`delete from insightly_outbox where workspace_id = ${workspace()}`)
  })

  it('is no change behind one that failed, but the deletion of its record', async () => {
    const recordId = newId()
    const add = (operation: string, status: string) =>
      write(
        sql`insert into insightly_outbox (workspace_id, entity, record_id, operation, status, made_at) values (${workspace()}, 'contacts', ${recordId}, ${operation}, ${status}, clock_timestamp())`,
      )
    await add('create', 'failed')
    await add('update', 'pending')
    expect(await due()).toEqual(nothing)
    await add('delete', 'pending')
    expect(await due()).toEqual({ ...nothing, change: true })
    await write(sql`delete from insightly_outbox where workspace_id = ${workspace()}`)
  })
})
