import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '#backend/infra/database/database.ts'
import { type EntityName, entities, ownerColumn } from '#contracts/entities.ts'
import { createVisibilityWorld, type VisibilityWorld } from './visibility-world.ts'

type Name = keyof VisibilityWorld['people']

let world: VisibilityWorld
const owned = (Object.keys(entities) as EntityName[]).filter((entity) => ownerColumn(entity) !== undefined)
const everybody: Name[] = ['owner', 'admin', 'manager', 'rep', 'mate', 'otherManager', 'stranger', 'viewer']

beforeAll(async () => {
  world = await createVisibilityWorld()
})
afterAll(() => world.test.close())

const records = () => world.test.app.services.records
const label = (entity: EntityName, name: string) =>
  entity === 'notes' ? { body: name } : entity === 'contacts' || entity === 'leads' ? { last_name: name } : { [entities[entity].labelField]: name }

async function seenBy(entity: EntityName, id: string): Promise<Name[]> {
  const seen = await Promise.all(
    everybody.map(async (name) => {
      const got = await records()
        .getRecord(world.people[name], entity, id)
        .catch((error: { code?: string }) => error.code)
      expect([id, 'NOT_FOUND']).toContain(typeof got === 'string' ? got : got?.id)
      return typeof got === 'string' ? [] : [name]
    }),
  )
  return seen.flat()
}

describe('who sees a record', () => {
  it.each(owned)('of %s follows its visibility', async (entity) => {
    const { people, create } = world
    const own = await create(people.rep, entity, { ...label(entity, 'For its owner'), visibility: 'owner' })
    expect(own[ownerColumn(entity) as string]).toBe(people.rep.userId)
    expect(await seenBy(entity, own.id)).toEqual(['owner', 'admin', 'manager', 'rep'])
    const team = await create(people.rep, entity, { ...label(entity, 'For the team'), visibility: 'team' })
    expect(await seenBy(entity, team.id)).toEqual(['owner', 'admin', 'manager', 'rep', 'mate'])
    const all = await create(people.rep, entity, label(entity, 'For everyone'))
    expect(all.visibility).toBe('everyone')
    expect(await seenBy(entity, all.id)).toEqual(everybody)
  })

  it('follows its owner, its visibility and the team of its owner when they change', async () => {
    const { people, create, test } = world
    const { id } = await create(people.rep, 'contacts', { last_name: 'Moving', visibility: 'owner' })
    await records().updateRecord(people.manager, 'contacts', id, { owner_id: people.mate.userId })
    expect(await seenBy('contacts', id)).toEqual(['owner', 'admin', 'manager', 'mate'])
    await records().updateRecord(people.admin, 'contacts', id, { owner_id: people.stranger.userId, visibility: 'team' })
    expect(await seenBy('contacts', id)).toEqual(['owner', 'admin', 'otherManager', 'stranger'])
    const [team] = await test.gold<{ team_id: string }>('select team_id from users where id = $1', [people.stranger.userId])
    await test.gold('update users set team_id = null where id = $1', [people.stranger.userId])
    expect(await seenBy('contacts', id)).toEqual(['owner', 'admin', 'stranger'])
    await test.gold('update users set team_id = $1 where id = $2', [team?.team_id, people.stranger.userId])
    await records().updateRecord(people.admin, 'contacts', id, { visibility: 'everyone' })
    expect(await seenBy('contacts', id)).toEqual(everybody)
    await records().updateRecord(people.admin, 'contacts', id, { owner_id: null })
    await records().updateRecord(people.rep, 'contacts', id, { visibility: 'owner' })
    expect(await seenBy('contacts', id)).toEqual(['owner', 'admin', 'manager', 'rep'])
    await records().updateRecord(people.admin, 'contacts', id, { owner_id: null })
    expect(await seenBy('contacts', id)).toEqual(['owner', 'admin'])
  })

  it('is no way to hide a record from its writer, who is told so', async () => {
    const { people, create } = world
    await expect(create(people.rep, 'contacts', { last_name: 'Given away', visibility: 'owner', owner_id: people.stranger.userId })).rejects.toMatchObject({
      code: 'VALIDATION',
      details: [{ field: 'visibility' }],
    })
    const { id } = await create(people.rep, 'contacts', { last_name: 'Kept', visibility: 'team' })
    await expect(records().updateRecord(people.rep, 'contacts', id, { owner_id: people.stranger.userId })).rejects.toMatchObject({ code: 'VALIDATION' })
    await expect(records().updateRecord(people.rep, 'contacts', id, { owner_id: null })).rejects.toMatchObject({ code: 'VALIDATION' })
    await expect(records().updateRecord(people.rep, 'contacts', id, { visibility: null })).rejects.toMatchObject({ code: 'VALIDATION' })
    await expect(records().updateRecord(people.rep, 'contacts', id, { visibility: 'nobody' })).rejects.toMatchObject({ code: 'VALIDATION' })
    expect(await records().getRecord(people.rep, 'contacts', id)).toMatchObject({ owner_id: people.rep.userId, visibility: 'team' })
  })

  it('is refused to those who do not see it for change, deletion and restoring, as if it were not there', async () => {
    const { people, create } = world
    const { id } = await create(people.rep, 'opportunities', { name: 'Quiet deal', visibility: 'owner' })
    await expect(records().updateRecord(people.stranger, 'opportunities', id, { name: 'Loud' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(records().deleteRecord(people.stranger, 'opportunities', id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await records().deleteRecord(people.rep, 'opportunities', id)
    await expect(records().restoreRecord(people.stranger, 'opportunities', id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await records().restoreRecord(people.rep, 'opportunities', id)).toMatchObject({ name: 'Quiet deal' })
  })

  it('does not let a hidden external id be taken, and says so without showing whose it is', async () => {
    const { people, create } = world
    const { id } = await create(people.rep, 'organisations', { name: 'Secret holding', external_id: 'X-SECRET', visibility: 'owner' })
    await expect(create(people.stranger, 'organisations', { name: 'Newcomer', external_id: 'X-SECRET' })).rejects.toMatchObject({
      code: 'VALIDATION',
      details: [{ field: 'external_id' }],
    })
    await records().deleteRecord(people.rep, 'organisations', id)
    await create(people.stranger, 'organisations', { name: 'Newcomer', external_id: 'X-SECRET', visibility: 'owner' })
    await expect(records().restoreRecord(people.rep, 'organisations', id)).rejects.toMatchObject({ code: 'CONFLICT' })
  })
})

describe('what a restricted record names', () => {
  it('is made as restricted as it, unless a record for everyone names it too', async () => {
    const { people, create, test } = world
    const { organisation_id: quiet } = await create(people.rep, 'contacts', { last_name: 'Founder', organisation: 'Stealth start-up', visibility: 'owner' })
    expect(await seenBy('organisations', quiet as string)).toEqual(['owner', 'admin', 'manager', 'rep'])
    const deal = await create(people.rep, 'opportunities', { name: 'Stealth deal', contact_email: 'stealth@x.example', visibility: 'team' })
    expect(await seenBy('contacts', deal.contact_id as string)).toEqual(['owner', 'admin', 'manager', 'rep', 'mate'])
    const file = 'last_name,organisation,visibility\nOne,Shared firm,owner\nTwo,shared firm,\n'
    await test.app.services.imports.importFile(people.rep, Readable.from([Buffer.from(file)]), { entity: 'contacts', createMissing: true })
    const [shared] = await test.gold<{ id: string }>(`select id from organisations where workspace_id = $1 and name ilike 'shared firm'`)
    expect(await seenBy('organisations', shared?.id as string)).toEqual(everybody)
  })
})

describe('a reference to a hidden record', () => {
  it('reads as empty, and outlives changes by those who do not see it', async () => {
    const { people, create, test } = world
    const organisation = await create(people.rep, 'organisations', { name: 'Hidden Harbour', visibility: 'owner' })
    const person = await create(people.rep, 'contacts', { last_name: 'Visible', organisation_id: organisation.id })
    const deal = await create(people.rep, 'opportunities', { name: 'Visible deal', organisation_id: organisation.id, contact_email: undefined })
    const seen = await records().getRecord(people.stranger, 'contacts', person.id)
    expect(seen).toMatchObject({ organisation: null, organisation_id: null })
    await records().updateRecord(people.stranger, 'contacts', person.id, { title: 'Clerk' })
    await records().updateRecord(people.stranger, 'contacts', person.id, { ...pick(seen, ['organisation_id']), city: 'Rome' })
    await records().updateRecord(people.stranger, 'opportunities', deal.id, { value: '5', currency: 'EUR' })
    expect(await records().getRecord(people.rep, 'contacts', person.id)).toMatchObject({ organisation: 'Hidden Harbour', title: 'Clerk', city: 'Rome' })
    expect(await records().getRecord(people.rep, 'opportunities', deal.id)).toMatchObject({ organisation: 'Hidden Harbour', value: '5' })
    const history = await test.app.services.timeline.listHistory(people.stranger, 'contacts', person.id, 50)
    expect(history.map(({ field }) => field)).not.toContain('organisation_id')
    await expect(create(people.stranger, 'contacts', { last_name: 'Guess', organisation_id: organisation.id })).rejects.toMatchObject({ code: 'VALIDATION' })
  })
})

describe('PostgreSQL itself', () => {
  const as = <R extends object>(name: Name, statement: ReturnType<typeof sql>) =>
    world.test.database.transaction(world.people[name], (tx) => tx.query<R>(statement))

  it('refuses to show or change restrictions, teams and other people to members', async () => {
    await expect(as('rep', sql`select owner_id from restrictions`)).rejects.toMatchObject({ code: '42501' })
    await expect(as('rep', sql`delete from restrictions`)).rejects.toMatchObject({ code: '42501' })
    await expect(as('rep', sql`insert into restrictions select workspace_id, id, 'owner', null from contacts`)).rejects.toMatchObject({ code: '42501' })
    await expect(as('rep', sql`update users set team_id = null`)).rejects.toMatchObject({ code: '42501' })
    await expect(as('rep', sql`update users set role = 'owner'`)).rejects.toMatchObject({ code: '42501' })
    await expect(as('manager', sql`update teams set name = 'Mine'`)).rejects.toMatchObject({ code: '42501' })
    await expect(
      as('stranger', sql`update contacts set visibility = 'owner' where owner_id is distinct from ${world.people.stranger.userId}`),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  it('keeps one restriction for each record that not everyone sees', async () => {
    const parts = owned.map(
      (entity) => `select id, visibility, ${ownerColumn(entity)} as owner_id from ${entity} where workspace_id = $1 and visibility <> 'everyone'`,
    )
    const gold = await world.test.gold(`select * from (${parts.join(' union all ')}) r order by id`)
    expect(gold.length).toBeGreaterThan(5)
    expect(await world.test.gold('select record_id as id, visibility, owner_id from restrictions where workspace_id = $1 order by record_id')).toEqual(gold)
  })

  it.each(['contacts', 'opportunities', 'order_lines', 'search_documents'])('scans %s without calling a function of ours a row', async (table) => {
    const plan = await as<{ 'QUERY PLAN': string }>(
      'rep',
      sql`explain (verbose) select count(*) from ${sql.identifier(table)} where workspace_id = ${world.test.workspaceId}`,
    )
    const lines = plan.map((line) => line['QUERY PLAN'])
    const scan = lines.findIndex((line) => line.includes(`chatsg.${table}`))
    const filter = lines.slice(scan).find((line) => line.includes('Filter:')) ?? ''
    expect(filter).toMatch(/InitPlan/)
    expect(filter).not.toMatch(/current_setting|is_open_to_me|nullif/i)
    // A function of ours stands only behind a switch that is read once a statement and is off while nothing is restricted.
    if (filter.includes('is_hidden')) expect(filter).toMatch(/^ *Filter: \(\(NOT \(InitPlan \d+\)\.col1\) OR \(/)
  })
})

function pick(record: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.map((key) => [key, record[key]]))
}
