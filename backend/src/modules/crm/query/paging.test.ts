import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#backend/kernel/ids.ts'
import type { TypedQueryInput } from '#contracts/query.ts'
import { runQuery } from './query.service.ts'
import { ann, createQueryWorld, now, type QueryWorld } from './query-test-world.ts'

let queries: QueryWorld
beforeAll(async () => {
  queries = await createQueryWorld()
})
const run: QueryWorld['run'] = (...args) => queries.run(...args)

describe('a cursor', () => {
  it('goes on where the page before ended, whatever was added before it', async () => {
    const { gold, workspaceId } = queries.world
    const byName: TypedQueryInput = { entity: 'organisations', select: ['name'], sort: [{ by: 'name' }], limit: 1 }
    const first = await run(byName)
    expect(first).toMatchObject({ rows: [{ name: 'Acme' }], total: 2, nextCursor: expect.any(String) })
    await gold('insert into organisations (workspace_id, id, name, created_at, updated_at) values ($1, $2, $3, $4, $4)', [workspaceId, newId(), 'Aaa', now])
    const second = await run({ ...byName, cursor: first.nextCursor as string })
    expect(second).toMatchObject({ rows: [{ name: 'Globex' }], total: 3, nextCursor: null })
  })

  it('passes what is empty, which comes last', async () => {
    const byValue: TypedQueryInput = { entity: 'opportunities', select: ['name'], sort: [{ by: 'value', direction: 'desc' }], limit: 4 }
    const { nextCursor } = await run(byValue)
    expect((await run({ ...byValue, cursor: nextCursor as string })).rows).toMatchObject([{ name: 'E' }])
  })

  it('is there only when a page follows', async () => {
    expect((await run({ entity: 'contacts', limit: 3 })).nextCursor).toBeNull()
    expect((await run({ entity: 'contacts', limit: 2 })).nextCursor).not.toBeNull()
    expect(await run({ entity: 'contacts', measures: [{ fn: 'count' }] })).not.toHaveProperty('nextCursor')
  })

  it('of texts that are too long for an address tells the place instead', async () => {
    await queries.world.gold('update contacts set street = repeat($1, 900) where id = $2', ['ß', ann])
    const byStreet: TypedQueryInput = { entity: 'contacts', select: ['first_name'], sort: [{ by: 'street' }], limit: 1 }
    const first = await run(byStreet)
    expect(first.nextCursor?.length).toBeLessThan(100)
    expect((await run({ ...byStreet, limit: 2, cursor: first.nextCursor as string })).rows).toHaveLength(2)
  })

  it('of another list, or nobody’s, is refused as a wrong value', async () => {
    const { nextCursor } = await run({ entity: 'contacts', limit: 1, sort: [{ by: 'created_at' }] })
    const parts = JSON.parse(Buffer.from(nextCursor as string, 'base64url').toString()) as unknown[]
    const forged = (...values: unknown[]) => Buffer.from(JSON.stringify([parts[0], ...values])).toString('base64url')
    const wrong = [
      forged(1, ann, 'yesterday'),
      forged(1, ann, '2026-13-45 00:00:00+00'),
      forged(1, 'x', null),
      forged(-1),
      forged(1, ann),
      forged(1, ann, 7),
      'nonsense',
      'W10',
      '',
    ]
    for (const cursor of wrong) {
      const { code } = await queries.problems({ entity: 'contacts', limit: 1, sort: [{ by: 'created_at' }], cursor })
      expect(code, cursor).toBe('VALIDATION')
    }
    expect(await queries.problems({ entity: 'contacts', sort: [{ by: 'name' }], cursor: nextCursor })).toMatchObject({
      message: expect.stringMatching(/another order/),
    })
    expect(await queries.problems({ entity: 'contacts', cursor: nextCursor, offset: 1 })).toMatchObject({ code: 'VALIDATION' })
    expect(await queries.problems({ entity: 'contacts', groupBy: [{ field: 'city' }], cursor: nextCursor })).toMatchObject({ code: 'VALIDATION' })
  })
})

describe('a query that would be dear', () => {
  const ask = (query: TypedQueryInput, limits: { counting: number; running: number }) =>
    queries.world.database.transaction(queries.world.actor, (tx) => runQuery(tx, query, { now, timeZone: 'UTC', limits: { bigTable: -2, ...limits } }))

  it('is not counted, and says so, when the page alone is cheap', async () => {
    const dear = { counting: 0, running: 1e9 }
    const result = await ask({ entity: 'contacts', limit: 1 }, dear)
    expect(result).toMatchObject({ rows: [{ name: 'Ann Müller' }], totalIsEstimate: true, nextCursor: expect.any(String) })
    expect(result.total).toBeGreaterThan(0)
    const all = await ask({ entity: 'contacts', limit: 50 }, dear)
    expect(all.total).toBe(3)
    expect(all).not.toHaveProperty('totalIsEstimate')
    expect(await ask({ entity: 'contacts', filter: { field: 'city', op: 'eq', value: 'Nowhere' } }, dear)).toMatchObject({ rows: [], total: 0 })
  })

  it('is refused with what would help when nothing else is left', async () => {
    const dear: TypedQueryInput[] = [{ entity: 'contacts' }, { entity: 'contacts', groupBy: [{ field: 'city' }] }]
    for (const query of dear)
      await expect(ask(query, { counting: 0, running: 0 })).rejects.toMatchObject({ code: 'VALIDATION', message: expect.stringMatching(/too long.*Narrow it/) })
  })

  it('runs as always when its plan is cheap', async () => {
    const result = await ask({ entity: 'contacts', limit: 1 }, { counting: 1e9, running: 1e9 })
    expect(result.total).toBe(3)
    expect(result).not.toHaveProperty('totalIsEstimate')
  })
})
