import { afterEach, describe, expect, it } from 'vitest'
import { insertRecords } from '#backend/modules/crm/index.ts'
import { createTestMirror, type TestMirror } from './mirror.testing.ts'

const opened: TestMirror[] = []
afterEach(async () => {
  for (const mirror of opened.splice(0)) await mirror.close()
})

async function open(options: Parameters<typeof createTestMirror>[0] = {}): Promise<TestMirror> {
  const mirror = await createTestMirror(options)
  opened.push(mirror)
  return mirror
}

type Row = Record<string, unknown>
const at = (date: unknown) => (typeof date === 'string' && !date.startsWith('0001') ? new Date(`${date.replace(' ', 'T')}Z`).toISOString() : null)
const text = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null)
const tagsOf = (row: Row) => ((row.TAGS ?? []) as Row[]).map(({ TAG_NAME }) => TAG_NAME as string).sort()

async function contactsThere(mirror: TestMirror): Promise<Row[]> {
  return (await mirror.dump('Contacts')).map((row) => ({
    external_id: String(row.CONTACT_ID),
    first_name: text(row.FIRST_NAME),
    last_name: text(row.LAST_NAME),
    email: text(row.EMAIL_ADDRESS),
    phone: text(row.PHONE),
    title: text(row.TITLE),
    city: text(row.ADDRESS_MAIL_CITY),
    organisation: row.ORGANISATION_ID ? String(row.ORGANISATION_ID) : null,
    tags: tagsOf(row),
    created_at: at(row.DATE_CREATED_UTC),
    updated_at: at(row.DATE_UPDATED_UTC),
  }))
}

async function contactsHere({ workspace }: TestMirror): Promise<Row[]> {
  const rows = await workspace.gold<Row>(`
    select c.external_id, c.first_name, c.last_name, c.email, c.phone, c.title, c.city, o.external_id as organisation, c.tags, c.created_at, c.updated_at
    from contacts c left join organisations o on o.workspace_id = c.workspace_id and o.id = c.organisation_id
    where c.workspace_id = $1 and c.deleted_at is null order by c.external_id::bigint`)
  return rows.map((row) => ({
    ...row,
    tags: [...(row.tags as string[])].sort(),
    created_at: (row.created_at as Date).toISOString(),
    updated_at: (row.updated_at as Date).toISOString(),
  }))
}

async function dealsThere(mirror: TestMirror): Promise<Row[]> {
  return (await mirror.dump('Opportunities')).map((row) => ({
    external_id: String(row.OPPORTUNITY_ID),
    name: text(row.OPPORTUNITY_NAME),
    state: (row.OPPORTUNITY_STATE as string).toLowerCase(),
    value: row.OPPORTUNITY_VALUE == null ? null : Number(row.OPPORTUNITY_VALUE),
    currency: text(row.BID_CURRENCY),
    stage: row.STAGE_ID ? String(row.STAGE_ID) : null,
    updated_at: at(row.DATE_UPDATED_UTC),
  }))
}

async function dealsHere({ workspace }: TestMirror): Promise<Row[]> {
  const rows = await workspace.gold<Row>(`
    select o.external_id, o.name, o.state, o.value::float8 as value, o.currency, r.insightly_id::text as stage, o.updated_at
    from opportunities o left join insightly_records r on r.workspace_id = o.workspace_id and r.entity = 'stages' and r.record_id = o.stage_id
    where o.workspace_id = $1 and o.deleted_at is null order by o.external_id::bigint`)
  return rows.map((row) => ({ ...row, updated_at: (row.updated_at as Date).toISOString() }))
}

const counted = (mirror: TestMirror) => mirror.fake.calls().filter(({ counted }) => counted).length

describe('a full run', () => {
  it('copies everything, as it is there', async () => {
    const mirror = await open({ records: 1200 })
    const { outcome, run } = await mirror.run('full')
    expect({ outcome, error: run.error }).toEqual({ outcome: 'done', error: null })
    expect(await contactsHere(mirror)).toEqual(await contactsThere(mirror))
    expect(await dealsHere(mirror)).toEqual(await dealsThere(mirror))
    const there = (await mirror.tell('GET', 'counts')) as Record<string, number>
    const [here] = await mirror.workspace.gold<Row>(`
      select (select count(*)::int from organisations where workspace_id = $1) as "Organisations", (select count(*)::int from leads where workspace_id = $1) as "Leads",
        (select count(*)::int from tasks where workspace_id = $1) as "Tasks", (select count(*)::int from events where workspace_id = $1) as "Events",
        (select count(*)::int from notes where workspace_id = $1) as "Notes", (select count(*)::int from emails where workspace_id = $1) as "Emails",
        (select count(*)::int from products where workspace_id = $1) as "Product", (select count(*)::int from quotes where workspace_id = $1) as "Quotation",
        (select count(*)::int from quote_lines where workspace_id = $1) as "QuotationLineItem"`)
    expect(here).toEqual(Object.fromEntries(Object.keys(here as Row).map((name) => [name, there[name]])))
    expect(run.apiCalls).toBe(counted(mirror))
    expect(run.counts.contacts).toEqual({ created: 1200, updated: 0, deleted: 0, unchanged: 0 })
  })

  it('says of its records how old they are', async () => {
    const mirror = await open({ records: 20 })
    const { database, actor } = mirror.workspace
    const later = new Date(Date.now() + 3_600_000)
    const asOf = () => database.transaction(actor, (tx) => tx.asOf(later), { readOnly: true })
    expect(await asOf()).toBe(later.toISOString())
    const { run } = await mirror.run('full')
    expect(await asOf()).toBe(run.startedAt)
    await mirror.tell('POST', 'faults', { kind: 'status', status: 401, body: 'Denied', path: '/Users/Me', count: 1 })
    await mirror.run('incremental')
    expect(await asOf()).toBe(run.startedAt)
  })

  it('costs nothing twice: another one changes nothing', async () => {
    const mirror = await open({ records: 300 })
    await mirror.run('full')
    const before = await mirror.workspace.gold('select count(*)::int as n from field_history where workspace_id = $1')
    const { run } = await mirror.run('full')
    expect(Object.values(run.counts).reduce((sum, { created, updated }) => sum + created + updated, 0)).toBe(0)
    expect(await mirror.workspace.gold('select count(*)::int as n from field_history where workspace_id = $1')).toEqual(before)
  })

  it('goes on at the page after the last one when it was interrupted', async () => {
    const mirror = await open({ records: 2200 })
    const stopping = new AbortController()
    await mirror.tell('POST', 'faults', { kind: 'delay', method: 'GET', path: '/Contacts', after: 3, delayMs: 300 })
    const running = mirror.run('full', { signal: stopping.signal })
    for (let landed = 0; landed < 2; ) {
      const [row] = await mirror.workspace.gold<{ n: number }>('select count(*)::int as n from insightly_pages where workspace_id = $1')
      landed = row?.n ?? 0
    }
    stopping.abort(new Error('stop'))
    const first = await running
    expect(first.outcome).toBe('left')
    await mirror.tell('DELETE', 'faults')
    const pagesLanded = await mirror.workspace.gold<{ object: string; page: number }>('select object, page from insightly_pages where workspace_id = $1')
    expect(pagesLanded.length).toBeGreaterThan(0)
    const before = mirror.fake.calls().length
    const second = await mirror.run('full')
    expect({ outcome: second.outcome, id: second.run.id, error: second.run.error }).toEqual({ outcome: 'done', id: first.run.id, error: null })
    const again = mirror.fake.calls().slice(before)
    for (const { object, page } of pagesLanded)
      expect(
        again.filter(
          ({ path }) => new RegExp(`/${object}\\?.*skip=${page * 500}&`, 'i').test(path) || (page === 0 && new RegExp(`/${object}\\?top=500`, 'i').test(path)),
        ),
      ).toEqual([])
    expect(await contactsHere(mirror)).toEqual(await contactsThere(mirror))
    expect(second.run.counts.contacts?.created).toBe(2200)
  })

  it('does not ask again for what the plan does not have', async () => {
    const mirror = await open({ records: 100, settings: { plan: 'professional' } })
    const { outcome } = await mirror.run('full')
    expect(outcome).toBe('done')
    const [{ plan }] = (await mirror.workspace.gold<{ plan: string[] }>('select not_in_plan as plan from insightly_connections where workspace_id = $1')) as [
      { plan: string[] },
    ]
    expect([...plan].sort()).toEqual(['products', 'quote_lines', 'quotes'])
    const before = mirror.fake.calls().length
    await mirror.run('full')
    expect(
      mirror.fake
        .calls()
        .slice(before)
        .filter(({ path }) => /\/(Product|PricebookEntry|Quotation\w*)\b/.test(path)),
    ).toEqual([])
  })

  it('waits through failures, and fails for good with a key that is refused', async () => {
    const mirror = await open({ records: 100 })
    await mirror.tell('POST', 'faults', { kind: 'page', count: 6 })
    await mirror.tell('POST', 'faults', { kind: 'throttle', count: 3 })
    expect(await mirror.run('full')).toMatchObject({ outcome: 'done' })
    await mirror.tell('POST', 'faults', { kind: 'status', status: 401, body: 'Denied', path: '/Users/Me', count: 1 })
    const { outcome, run } = await mirror.run('incremental')
    expect(outcome).toBe('failed')
    expect(run.error).toMatch(/key/i)
  })
})

describe('records that were here before', () => {
  it('are the same when number and name are, and another keeps its number, also when the workspace connects again', async () => {
    const mirror = await open({ records: 20 })
    const [first, second] = (await mirror.dump('Contacts')) as [Row, Row]
    const { database, actor, gold } = mirror.workspace
    await database.transaction(actor, (tx) =>
      insertRecords(
        tx,
        'contacts',
        [
          { first_name: first.FIRST_NAME as string, last_name: first.LAST_NAME as string, external_id: String(first.CONTACT_ID), source: 'An export' },
          { first_name: 'Somebody', last_name: 'Else', external_id: String(second.CONTACT_ID) },
        ],
        { now: new Date() },
      ),
    )
    const here = () => gold<Row>('select external_id, last_name, source from contacts where workspace_id = $1 and deleted_at is null order by external_id')
    expect(await mirror.run('full')).toMatchObject({ outcome: 'done' })
    const once = await here()
    expect(once).toHaveLength(21)
    expect(once).toContainEqual({ external_id: String(first.CONTACT_ID), last_name: first.LAST_NAME, source: 'An export' })
    expect(once).toContainEqual({ external_id: String(second.CONTACT_ID), last_name: 'Else', source: null })
    expect(once).toContainEqual({ external_id: `insightly-${second.CONTACT_ID}`, last_name: second.LAST_NAME, source: null })
    // As leaving does.
    await gold('delete from insightly_records where workspace_id = $1')
    expect(await mirror.run('full')).toMatchObject({ outcome: 'done' })
    expect(await here()).toEqual(once)
    await mirror.asOther('PUT', 'Contacts', { CONTACT_ID: second.CONTACT_ID, TITLE: 'Changed' })
    expect(await mirror.run('incremental')).toMatchObject({ outcome: 'done' })
    expect(await here()).toEqual(once)
  })
})

describe('an incremental run', () => {
  it('brings what was changed, at the cost of a call for each kind of record', async () => {
    const mirror = await open({ records: 1000 })
    await mirror.run('full')
    await mirror.tell('POST', 'changes', { entity: 'Contacts', count: 300, action: 'update', values: { TITLE: 'Changed there' } })
    const made = await mirror.asOther('POST', 'Organisations', { ORGANISATION_NAME: 'Brand new' })
    await mirror.asOther('POST', 'Contacts', { FIRST_NAME: 'Nina', LAST_NAME: 'New', ORGANISATION_ID: made.ORGANISATION_ID })
    const before = counted(mirror)
    const { outcome, run } = await mirror.run('incremental')
    expect(outcome).toBe('done')
    expect(counted(mirror) - before).toBeLessThanOrEqual(13)
    expect(run.counts.contacts).toMatchObject({ created: 1, updated: 300 })
    expect(await contactsHere(mirror)).toEqual(await contactsThere(mirror))
    const again = await mirror.run('incremental')
    expect(again.run.counts.contacts).toMatchObject({ created: 0, updated: 0 })
  })

  it('knows a stage that was made since', async () => {
    const mirror = await open({ records: 50 })
    await mirror.run('full')
    const [deal] = await mirror.dump<Row>('Opportunities')
    const stages = await mirror.dump<Row>('PipelineStages')
    await mirror.workspace.gold(`delete from insightly_records where workspace_id = $1 and entity = 'stages' and insightly_id = ${stages[0]?.STAGE_ID}`)
    await mirror.asOther('PUT', `Opportunities/${deal?.OPPORTUNITY_ID}/Pipeline`, {
      PIPELINE_ID: stages[0]?.PIPELINE_ID,
      PIPELINE_STAGE_CHANGE: { STAGE_ID: stages[0]?.STAGE_ID },
    })
    await mirror.run('incremental')
    expect(await dealsHere(mirror)).toEqual(await dealsThere(mirror))
  })
})

describe('a comparison of all ids', () => {
  it('deletes what was deleted there and fetches what was missed', async () => {
    const mirror = await open({ records: 1600 })
    await mirror.run('full')
    await mirror.tell('POST', 'changes', { entity: 'Contacts', count: 40, action: 'delete' })
    await mirror.workspace.gold(
      `delete from insightly_records where workspace_id = $1 and entity = 'contacts' and insightly_id = (select max(insightly_id) from insightly_records where workspace_id = $1 and entity = 'contacts')`,
    )
    await mirror.workspace.gold(`delete from contacts where workspace_id = $1 and id not in (select record_id from insightly_records where workspace_id = $1)`)
    const { outcome, run } = await mirror.run('reconcile')
    expect(outcome).toBe('done')
    expect(run.counts.contacts?.deleted).toBeGreaterThanOrEqual(39)
    expect(await contactsHere(mirror)).toEqual(await contactsThere(mirror))
  })

  it('deletes nothing when most of a kind is suddenly not shown, unless somebody says so', async () => {
    const mirror = await open({ records: 400 })
    await mirror.run('full')
    await mirror.tell('POST', 'changes', { entity: 'Contacts', count: 300, action: 'delete' })
    const refused = await mirror.run('reconcile')
    expect(refused.outcome).toBe('failed')
    expect(refused.run.error).toMatch(/shows 100 contacts where 400 were copied/)
    expect(await mirror.workspace.gold('select count(*)::int as n from contacts where workspace_id = $1 and deleted_at is null')).toEqual([{ n: 400 }])
    expect(await mirror.run('reconcile', { mayDeleteMost: true })).toMatchObject({ outcome: 'done' })
    expect(await contactsHere(mirror)).toEqual(await contactsThere(mirror))
  })
})
