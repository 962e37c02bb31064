import { beforeAll, describe, expect, it } from 'vitest'
import { runInRequest } from '#backend/kernel/request-context.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../test/harness.ts'
import { type StatementOptions, sql } from './database.ts'

let site: TestWorkspace

beforeAll(async () => {
  site = await createTestWorkspace()
})

/** What an operator sees of a statement in `pg_stat_activity`. */
function seen(requestId: string | undefined, options: StatementOptions = {}): Promise<string> {
  const read = () =>
    site.database.transaction(site.actor, async (tx) => {
      const [row] = await tx.query<{ pid: number }>(sql`select pg_backend_pid() as pid`, options)
      // The connection is in the middle of its transaction and shows what it ran last.
      const [session] = await site.gold<{ query: string }>('select query from pg_stat_activity where pid = $1', [row?.pid])
      return session?.query ?? ''
    })
  return requestId === undefined ? read() : runInRequest({ requestId }, read)
}

describe('the comment of a statement', () => {
  it('names the request that it is part of', async () => {
    expect(await seen('browser-0123456789')).toBe("select pg_backend_pid() as pid /*request_id='browser-0123456789'*/")
    expect(await seen(undefined)).toBe('select pg_backend_pid() as pid')
  })

  it('is left out where the text of the statement is kept under a name', async () => {
    for (const requestId of ['first-request', 'second-request']) expect(await seen(requestId, { name: 'comment-test' })).toBe('select pg_backend_pid() as pid')
  })

  it('cannot end before its end', async () => {
    expect(await seen("a*/; drop table contacts; --'")).toBe('select pg_backend_pid() as pid')
  })
})
