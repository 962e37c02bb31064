import type { AppError } from '#backend/kernel/errors.ts'
import { newId } from '#backend/kernel/ids.ts'
import type { Filter, QueryResult, TypedQueryInput } from '#contracts/query.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../../test/harness.ts'
import { fillVocabulary } from '../../../../test/vocabulary.ts'
import { runQuery } from './query.service.ts'

export const now = new Date('2026-05-20T09:30:00Z')
export const [acme, globex, gone, ann, bob, cleo] = [newId(), newId(), newId(), newId(), newId(), newId()]

/** A workspace of a few records whose every answer can be checked by eye, and ways to ask it. */
export interface QueryWorld {
  world: TestWorkspace
  /** Id of the user Raj Patel. */
  raj: string
  run(query: TypedQueryInput, timeZone?: string): Promise<QueryResult>
  /** First names of contacts, names of others, by name. */
  names(entity: TypedQueryInput['entity'], filter: Filter): Promise<unknown[]>
  /** What a wrong query is told. */
  problems(query: unknown): Promise<{ code: string; message: string; details: string[] }>
}

async function insert(world: TestWorkspace, table: string, rows: Record<string, unknown>[]): Promise<void> {
  for (const row of rows) {
    const stored = {
      id: newId(),
      created_at: '2026-05-01T12:00:00Z',
      ...(table === 'users' || table === 'stages' || table === 'order_lines' ? {} : { updated_at: now.toISOString() }),
      ...row,
    }
    const columns = Object.keys(stored)
    await world.gold(`insert into ${table} (workspace_id, ${columns.join(', ')}) values ($1, ${columns.map((_, index) => `$${index + 2}`).join(', ')})`, [
      world.workspaceId,
      ...Object.values(stored),
    ])
  }
}

export async function createQueryWorld(): Promise<QueryWorld> {
  const world = await createTestWorkspace({ currency: 'EUR' })
  const raj = (await world.member('rep', 'Raj Patel')).userId
  await world.gold(`insert into custom_fields (workspace_id, entity, key, label, type, choices) values
    ($1, 'contacts', 'region', 'Region', 'choice', '{North,South}'), ($1, 'contacts', 'score', 'Score', 'number', '{}'), ($1, 'contacts', 'renewal', 'Renewal', 'date', '{}'),
    ($1, 'contacts', 'subscribed', 'Subscribed', 'boolean', '{}'), ($1, 'contacts', 'interests', 'Interests', 'multiChoice', '{Consulting,Support}')`)
  await insert(world, 'organisations', [
    { id: acme, name: 'Acme', state: 'CA', size: 50, industry: 'Healthcare' },
    { id: globex, name: 'Globex', state: 'NY', size: 500, industry: 'retail' },
    { id: gone, name: 'Gone Ltd', deleted_at: now },
  ])
  await insert(world, 'contacts', [
    {
      id: ann,
      first_name: 'Ann',
      last_name: 'Müller',
      email: 'ann@acme.com',
      phone: '+1 (415) 555-0100',
      phone_key: '14155550100',
      city: 'Zürich',
      title: '50% CTO',
      organisation_id: acme,
      owner_id: raj,
      date_of_birth: '1980-02-29',
      tags: ['VIP', 'new'],
      custom: { region: 'North', score: '9.5', renewal: '2026-06-01', subscribed: true, interests: ['Consulting', 'Support'] },
      created_at: '2026-05-20T08:00:00Z',
    },
    {
      id: bob,
      first_name: 'Bob',
      last_name: 'Smith',
      email: 'BOB@globex.com',
      phone: '030 123456',
      city: 'zurich ',
      organisation_id: globex,
      owner_id: world.actor.userId,
      date_of_birth: '1990-06-15',
      tags: ['new'],
      custom: { region: 'South', score: 10, renewal: '2026-05-20', subscribed: false, interests: ['Support'] },
      created_at: '2026-05-18T22:30:00Z',
    },
    { id: cleo, first_name: 'Cleo', last_name: null, email: 'cleo@example.com', city: null, organisation_id: gone, created_at: '2026-04-30T22:30:00Z' },
    { first_name: 'Deleted', last_name: 'Person', city: 'Zürich', organisation_id: acme, deleted_at: now },
  ])
  await insert(world, 'opportunities', [
    {
      name: 'A',
      contact_id: ann,
      organisation_id: acme,
      owner_id: raj,
      state: 'won',
      value: '100.10',
      currency: 'USD',
      created_at: '2026-01-01T00:00:00Z',
      actual_close_date: '2026-01-11',
    },
    {
      name: 'B',
      contact_id: ann,
      organisation_id: acme,
      owner_id: raj,
      state: 'won',
      value: '0.20',
      currency: 'USD',
      created_at: '2026-01-01T00:00:00Z',
      actual_close_date: '2026-01-31',
    },
    { name: 'C', contact_id: ann, organisation_id: acme, owner_id: raj, state: 'lost', value: '1000', currency: 'EUR', created_at: '2026-02-01T00:00:00Z' },
    {
      name: 'D',
      contact_id: bob,
      organisation_id: globex,
      owner_id: world.actor.userId,
      state: 'open',
      value: '500',
      currency: 'USD',
      created_at: '2026-03-29T00:30:00Z',
    },
    {
      name: 'E',
      contact_id: bob,
      organisation_id: globex,
      owner_id: world.actor.userId,
      state: 'open',
      value: null,
      currency: null,
      created_at: '2026-03-29T22:30:00Z',
    },
    { name: 'Deleted', contact_id: bob, owner_id: raj, state: 'won', value: '9999', currency: 'USD', deleted_at: now },
  ])
  await insert(world, 'notes', [
    { body: 'About Ann', related_type: 'contact', related_id: ann },
    { body: 'About another kind of record', related_type: 'organisation', related_id: bob },
    { body: 'Removed', related_type: 'contact', related_id: bob, deleted_at: now },
  ])
  await insert(world, 'products', [
    { sku: 'X', name: 'X', active: true, price: '1.5', currency: 'USD' },
    { sku: 'Y', name: 'Y', active: false },
  ])

  const run: QueryWorld['run'] = (query, timeZone = 'Europe/Berlin') => world.database.transaction(world.actor, (tx) => runQuery(tx, query, { now, timeZone }))
  await fillVocabulary(world)
  return {
    world,
    raj,
    run,
    async names(entity, filter) {
      const { rows } = await run({ entity, filter, select: [entity === 'contacts' ? 'first_name' : 'name'], sort: [{ by: 'name' }] })
      return rows.map((row) => row.first_name ?? row.name)
    },
    async problems(query) {
      const error = await run(query as TypedQueryInput).then(
        () => undefined,
        (thrown: AppError) => thrown,
      )
      return {
        code: error?.code ?? 'none',
        message: error?.message ?? '',
        details: (error?.details ?? []).map((detail) => `${detail.field}: ${detail.message}`),
      }
    },
  }
}
