import { expect, it } from 'vitest'
import type { Actor } from '#backend/kernel/actor.ts'
import { newId } from '#backend/kernel/ids.ts'
import { createTestWorkspace } from '../../../test/harness.ts'
import { sql, type Transaction } from './database.ts'

/** Names of the leads that somebody sees, kept under one key; and who had them looked up. */
async function createLeads() {
  const { database, actor: owner, member, workspaceId, gold } = await createTestWorkspace()
  const people = { owner, admin: await member('admin'), rep: await member('rep'), mate: await member('rep'), viewer: await member('viewer') }
  const lookups: string[] = []
  const names = async (tx: Transaction) => {
    const rows = await tx.query<{ last_name: string }>(sql`select last_name from leads where workspace_id = ${workspaceId} order by last_name`)
    return rows.map(({ last_name }) => last_name)
  }
  const see = (who: keyof typeof people) =>
    database.transaction(
      people[who],
      (tx) =>
        tx.cached('leads', async () => {
          lookups.push(who)
          return names(tx)
        }),
      { readOnly: true },
    )
  const add = (name: string, by: Actor, visibility = 'everyone') =>
    database.transaction(by, (tx) =>
      tx.query(sql`insert into leads (workspace_id, id, last_name, visibility, owner_id, created_at, updated_at)
        values (${workspaceId}, ${newId()}, ${name}, ${visibility}, ${by.type === 'user' ? by.userId : null}, now(), now())`),
    )
  const sawAll = async () => {
    lookups.length = 0
    return { owner: await see('owner'), admin: await see('admin'), rep: await see('rep'), mate: await see('mate'), viewer: await see('viewer') }
  }
  return { database, people, lookups, names, see, add, sawAll, gold, workspaceId }
}

it('is one for all members while nothing is kept from any of them', async () => {
  const { people, lookups, add, sawAll } = await createLeads()
  await add('Ahrens', people.rep)
  expect(await sawAll()).toEqual({ owner: ['Ahrens'], admin: ['Ahrens'], rep: ['Ahrens'], mate: ['Ahrens'], viewer: ['Ahrens'] })
  expect(lookups).toEqual(['owner', 'rep'])
  await sawAll()
  expect(lookups).toEqual([])
})

it('is everybody’s own as soon as one record is not for all, and one again afterwards', async () => {
  const { people, lookups, see, add, sawAll, gold, workspaceId } = await createLeads()
  await add('Ahrens', people.rep)
  await sawAll()
  await add('Secret', people.rep, 'owner')
  const both = ['Ahrens', 'Secret']
  expect(await sawAll()).toEqual({ owner: both, admin: both, rep: both, mate: ['Ahrens'], viewer: ['Ahrens'] })
  expect(lookups).toEqual(['owner', 'rep', 'mate', 'viewer'])
  // Each keeps what is theirs beside the others'.
  await Promise.all([see('rep'), see('mate')])
  lookups.length = 0
  expect([await see('mate'), await see('rep'), await see('mate')]).toEqual([['Ahrens'], both, ['Ahrens']])
  expect(lookups).toEqual([])
  await gold(`delete from leads where workspace_id = $1 and visibility = 'owner'`, [workspaceId])
  await add('Birk', people.mate)
  expect((await sawAll()).viewer).toEqual(['Ahrens', 'Birk'])
  await sawAll()
  expect(lookups).toEqual([])
})

it('never shows one what became another’s while it was looked up', async () => {
  const { people, database, names, add } = await createLeads()
  await add('Ahrens', people.rep)
  const [began, added, found] = [gate(), gate(), gate()]
  let waiting = 2
  const beginning = async (tx: Transaction) => {
    await tx.query(sql`select 1`)
    waiting -= 1
    if (waiting === 0) began.open()
  }
  // Whose secret it is looks once it is there, in a transaction that began before.
  const own = database.transaction(
    people.rep,
    async (tx) => {
      await beginning(tx)
      return tx.cached('leads', async () => {
        await added.opened
        return names(tx)
      })
    },
    { readOnly: true },
  )
  const other = database.transaction(
    people.mate,
    async (tx) => {
      await beginning(tx)
      await found.opened
      return tx.cached('leads', () => names(tx))
    },
    { readOnly: true },
  )
  await began.opened
  await add('Secret', people.rep, 'owner')
  added.open()
  expect(await own).toEqual(['Ahrens'])
  found.open()
  expect(await other).toEqual(['Ahrens'])
})

function gate(): { opened: Promise<void>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { opened: promise, open: () => resolve() }
}
