import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#backend/kernel/ids.ts'
import type { EntityName } from '#contracts/entities.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../../test/harness.ts'
import { indexRecords } from '../records/search-index.ts'
import { expandWord, nearestLabels, searchRecords } from './search.service.ts'
import { documentFor, phoneKey } from './words.ts'

let world: TestWorkspace
const ids = new Map<string, string>()

/** Writes a record by plain SQL, and its search rows as every writer does. */
async function insert(workspace: TestWorkspace, entity: EntityName, values: Record<string, unknown>, organisation?: string): Promise<string> {
  const id = newId()
  const stored: Record<string, unknown> = { ...values, workspace_id: workspace.workspaceId, id, created_at: '2026-01-01', updated_at: '2026-01-01' }
  if (organisation !== undefined) stored.organisation_id = ids.get(organisation)
  const columns = Object.keys(stored)
  await workspace.gold(`insert into ${entity} (${columns.join(', ')}) values (${columns.map((_, index) => `$${index + 1}`).join(', ')})`, Object.values(stored))
  await workspace.database.transaction(workspace.actor, (tx) =>
    indexRecords(tx, entity, [{ id, values: { ...values, organisation: organisation ?? values.organisation } }]),
  )
  ids.set(String(values.name ?? ''), id)
  return id
}

beforeAll(async () => {
  world = await createTestWorkspace()
  await insert(world, 'organisations', { name: 'Acme Corporation', domain: 'acme.com', city: 'Berlin' })
  await insert(world, 'organisations', { name: 'Open Door', industry: 'Retail', phone: '030 123456', country: 'Germany' })
  await insert(
    world,
    'contacts',
    { first_name: 'Sarah', last_name: 'Connor', email: 'sarah.connor@acme.com', phone: '+1 (415) 555-0100', title: 'CTO', city: 'London' },
    'Acme Corporation',
  )
  await insert(world, 'contacts', { first_name: 'Zoë', last_name: 'Müller', email: 'zoe@muller.de', phone: '020 7946 0958', country: 'United Kingdom' })
  await insert(world, 'contacts', { first_name: 'Jonathan', last_name: "O'Brien", email: 'jon.obrien@open-door.io' }, 'Open Door')
  await insert(world, 'contacts', { first_name: 'John', last_name: 'Smith', email: 'jsmith@example.org' })
  await insert(world, 'contacts', { first_name: 'Jon', last_name: 'Smith', email: 'jon@example.org' })
  await insert(world, 'contacts', { first_name: 'Ann-Marie', last_name: 'Schwarzenegger', email: 'am@example.org' })
  await insert(world, 'leads', { first_name: 'Sarah', last_name: 'Parker', organisation: 'Globex' })
  await insert(world, 'products', { name: 'Blue Ceramic Mug', sku: 'MUG-001', category: 'Kitchen', description: 'Dishwasher safe' })
  await insert(world, 'opportunities', { name: 'Acme expansion 2026' })
  await insert(world, 'notes', { body: 'Customer asked about the quarterly invoice and delivery to Rotterdam' })
})

function labels(q: string, entities?: EntityName[]): Promise<string[]> {
  return world.database.transaction(world.actor, async (tx) =>
    (await searchRecords(tx, { q, limit: 10, ...(entities && { entities }) })).map((hit) => hit.label),
  )
}

describe('searchRecords', () => {
  it('looks for as many words as it can, also when an address that nobody has is taken to pieces', async () => {
    expect(await labels('anna bob carl dave emil fred gus john.smith.junior@unknown-company.example')).toContain('John Smith')
  })

  const firsts: [string, string][] = [
    ['Sarah Connor', 'Sarah Connor'],
    ['connor sarah', 'Sarah Connor'],
    ['CONNOR, S', 'Sarah Connor'],
    ['sar con', 'Sarah Connor'],
    ['Sarha Conor', 'Sarah Connor'],
    ['zoe muller', 'Zoë Müller'],
    ['Zoë Mueler', 'Zoë Müller'],
    ['OBrien', "Jonathan O'Brien"],
    ["o'brien jonathan", "Jonathan O'Brien"],
    ['O’Brien', "Jonathan O'Brien"],
    ['schwarzeneger', 'Ann-Marie Schwarzenegger'],
    ['schwartzenegger', 'Ann-Marie Schwarzenegger'],
    ['schwarzenegar', 'Ann-Marie Schwarzenegger'],
    ['annmarie', 'Ann-Marie Schwarzenegger'],
    ['sarah.connor@acme.com', 'Sarah Connor'],
    ['Sarah.Connor@ACME.com', 'Sarah Connor'],
    ['sarah.con', 'Sarah Connor'],
    ['sarah.conor@acme.com', 'Sarah Connor'],
    ['zoe@muller.de', 'Zoë Müller'],
    ['4155550100', 'Sarah Connor'],
    ['+1 415-555-0100', 'Sarah Connor'],
    ['001 415 555 0100', 'Sarah Connor'],
    ['(415) 555.0100', 'Sarah Connor'],
    ['555-0100', 'Sarah Connor'],
    ['+44 20 7946 0958', 'Zoë Müller'],
    ['02079460958', 'Zoë Müller'],
    ['+49 30 123456', 'Open Door'],
    ['open door', 'Open Door'],
    ['acme corp', 'Acme Corporation'],
    ['acme', 'Acme Corporation'],
    ['acme.com', 'Acme Corporation'],
    ['sarah at acme', 'Sarah Connor'],
    ['sarah acme', 'Sarah Connor'],
    ['jon smith', 'Jon Smith'],
    ['john smith', 'John Smith'],
    ['j smith', 'Jon Smith'],
    ['mug-001', 'Blue Ceramic Mug'],
    ['ceramic mgu', 'Blue Ceramic Mug'],
    ['rotterdam invoice', 'Customer asked about the quarterly invoice and delivery to…'],
  ]
  it.each(firsts)('%s finds %s first', async (q, label) => {
    expect((await labels(q))[0]).toBe(label)
  })

  it('ranks a name before an organisation that is only a detail', async () => {
    expect(await labels('acme')).toEqual(['Acme Corporation', 'Acme expansion 2026', 'Sarah Connor'])
  })

  it('does not offer a misspelling when what was typed exists', async () => {
    expect(await labels('Jon Smith')).not.toContain('John Smith')
  })

  it('says which words nothing has, and returns the nearest', async () => {
    const [hit] = await world.database.transaction(world.actor, (tx) => searchRecords(tx, { q: 'Sarah Connor Rotterdam', limit: 3 }))
    expect(hit).toMatchObject({ entity: 'contact', label: 'Sarah Connor', why: expect.stringContaining('lacks "rotterdam"') })
    expect(hit?.score).toBeLessThan(0.6)
  })

  it('finds nothing where nothing is alike, and takes any text', async () => {
    for (const q of [
      'xyzzyplugh',
      '',
      '   ',
      '%',
      "'; drop table contacts; --",
      '\\',
      '"',
      '{}',
      '@',
      '🙂',
      'a'.repeat(5000),
      '{"qq":["zz"]}',
      '$1',
      "' or '1'='1",
    ]) {
      expect(
        (await labels(q)).filter((label) => label === 'Sarah Connor'),
        q,
      ).toEqual([])
    }
  })

  it('keeps to the entities asked for and to the limit', async () => {
    expect(await labels('sarah', ['leads'])).toEqual(['Sarah Parker'])
    const hits = await world.database.transaction(world.actor, (tx) => searchRecords(tx, { q: 'sarah', limit: 1 }))
    expect(hits).toHaveLength(1)
  })

  it('scores the exact label 1 and every other hit below, best first', async () => {
    const hits = await world.database.transaction(world.actor, (tx) => searchRecords(tx, { q: 'sarah', limit: 10 }))
    const scores = hits.map((hit) => hit.score)
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
    expect(Math.max(...scores)).toBeLessThan(1)
    const [exact] = await world.database.transaction(world.actor, (tx) => searchRecords(tx, { q: 'open  DOOR', limit: 1 }))
    expect(exact).toMatchObject({ score: 1, why: 'exact name' })
  })

  it('leaves out what may not be seen also among many', async () => {
    const created: string[] = []
    for (let index = 0; index < 65; index++) created.push(await insert(world, 'organisations', { name: `Zebra Stripes ${String(index).padStart(2, '0')}` }))
    await world.gold('update organisations set deleted_at = now() where id = any($1)', [created.slice(0, 8)])
    expect((await labels('zebra stripes')).slice(0, 2)).toEqual(['Zebra Stripes 08', 'Zebra Stripes 09'])
  })

  it('hides deleted records and those of other workspaces', async () => {
    const other = await createTestWorkspace()
    await insert(other, 'contacts', { first_name: 'Quentin', last_name: 'Hidden' })
    const deleted = await insert(world, 'contacts', { first_name: 'Quentin', last_name: 'Deleted' })
    await world.gold('update contacts set deleted_at = now() where id = $1', [deleted])
    expect(await labels('Quentin')).toEqual([])
    expect(await world.database.transaction(world.actor, (tx) => expandWord(tx, 'hidden'))).toEqual([])
  })
})

describe('expandWord', () => {
  it('gives the word, what begins with it, and what is one edit away', async () => {
    const matches = await world.database.transaction(world.actor, (tx) => expandWord(tx, 'jon'))
    expect(matches.map((match) => [match.word, match.kind])).toEqual([
      ['jon', 'exact'],
      ['jonathan', 'prefix'],
      ['john', 'typo'],
    ])
  })

  it('finds a long word by one mistake anywhere in it, and by one more in its later part', async () => {
    const word = 'versicherungsgesellschaften'
    await insert(world, 'organisations', { name: word })
    const mistakes = [...word].flatMap((letter, at) => [
      word.slice(0, at) + word.slice(at + 1),
      `${word.slice(0, at)}q${word.slice(at)}`,
      `${word.slice(0, at)}q${word.slice(at + 1)}`,
      word.slice(0, at) + (word[at + 1] ?? '') + letter + word.slice(at + 2),
    ])
    const missed = await world.database.transaction(world.actor, async (tx) => {
      const missed: string[] = []
      for (const typed of [...mistakes, ...mistakes.map((mistake) => `${mistake.slice(0, -2)}en`)])
        if (!(await expandWord(tx, typed)).some((match) => match.word === word)) missed.push(typed)
      return missed
    })
    expect(missed).toEqual([])
  })
})

describe('nearestLabels', () => {
  it('names the nearest thing that exists', async () => {
    const [nearest] = await world.database.transaction(world.actor, (tx) => nearestLabels(tx, 'Acme Korporation', ['organisations'], 1))
    expect(nearest?.label).toBe('Acme Corporation')
  })
})

describe('words', () => {
  it('keys phones by their digits, international where the country is known', () => {
    expect(phoneKey('+1 (415) 555-0100')).toBe('14155550100')
    expect(phoneKey('415.555.0100', 'USA')).toBe('14155550100')
    expect(phoneKey('(089) 1234567', 'Germany')).toBe('49891234567')
    expect(phoneKey('0049 30 123456 ext. 12')).toBe('4930123456')
    expect(phoneKey('555-0100')).toBe('5550100')
    expect(phoneKey('n/a')).toBeNull()
  })

  it('keeps at most eighty words, those of the label first', () => {
    const document = documentFor('notes', { title: 'Kick-off', body: Array.from({ length: 400 }, (_, index) => `word${index}`).join(' ') })
    expect(document.terms.length).toBeLessThanOrEqual(80)
    expect(document.terms.slice(0, document.labelWords)).toEqual(['kick', 'off', 'kickoff'])
    expect(document.terms).toContain('word29')
    expect(document.terms).not.toContain('word31')
  })
})
