import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeClient, openFake } from './fake-client.ts'
import type { Row } from './json.ts'
import { listOf } from './store/row-reader.ts'

describe('what hangs on the records of the fake', () => {
  let client: FakeClient
  beforeAll(async () => {
    client = await openFake()
  })
  afterAll(() => client.close())

  const created = async (path: string, body: object) => (await client.post(path, body)).row
  const contact = async () => Number((await created('/Contacts', { FIRST_NAME: 'Kim' })).CONTACT_ID)
  const organisation = async () => Number((await created('/Organisations', { ORGANISATION_NAME: 'Kin' })).ORGANISATION_ID)

  it('links two records, seen from both, and unlinks them', async () => {
    const [person, company] = [await contact(), await organisation()]
    const link = { LINK_OBJECT_NAME: 'organisation', LINK_OBJECT_ID: company, ROLE: 'Buyer' }
    const made = await client.post(`/Contacts/${person}/Links`, link)
    expect(made.status).toBe(201)
    expect(made.row).toMatchObject({ OBJECT_NAME: 'Contact', OBJECT_ID: person, LINK_OBJECT_NAME: 'Organisation', LINK_OBJECT_ID: company, IS_FORWARD: true })
    const fromCompany: readonly object[] = listOf((await client.get(`/Organisations/${company}`)).row.LINKS)
    expect(fromCompany).toEqual([
      expect.objectContaining({ LINK_ID: Number(made.row.LINK_ID), LINK_OBJECT_NAME: 'Contact', LINK_OBJECT_ID: person, IS_FORWARD: false }),
    ])
    const changed = await client.put(`/Contacts/${person}/Links`, { LINK_ID: Number(made.row.LINK_ID), DETAILS: 'since May' })
    expect(changed.row).toMatchObject({ ROLE: 'Buyer', DETAILS: 'since May' })
    expect((await client.delete(`/Organisations/${company}/Links/${String(made.row.LINK_ID)}`)).status).toBe(202)
    expect((await client.get(`/Contacts/${person}/Links`)).rows).toEqual([])
    expect((await client.delete(`/Contacts/${person}/Links/${String(made.row.LINK_ID)}`)).status).toBe(404)
  })

  it('refuses links to nothing, of leads, and of details too long', async () => {
    const person = await contact()
    const [lead] = (await client.get('/Leads?top=1')).rows
    expect((await client.get(`/Leads/${String(lead?.LEAD_ID)}/Links`)).status).toBe(404)
    expect((await client.post(`/Contacts/${person}/Links`, { LINK_OBJECT_NAME: 'Contact', LINK_OBJECT_ID: 1 })).status).toBe(400)
    expect((await client.post(`/Contacts/${person}/Links`, { LINK_OBJECT_NAME: 'Invoice', LINK_OBJECT_ID: 1 })).status).toBe(400)
    const long = { LINK_OBJECT_NAME: 'Organisation', LINK_OBJECT_ID: await organisation(), ROLE: 'x'.repeat(256) }
    expect((await client.post(`/Contacts/${person}/Links`, long)).status).toBe(400)
  })

  it('drops the links of what is deleted, made-up ones too', async () => {
    const rows = (await client.get('/Organisations?top=100')).rows
    const company = rows.find((row) => listOf(row.LINKS).some((link) => link.LINK_OBJECT_NAME === 'Contact'))
    const link = listOf(company?.LINKS).find((one) => one.LINK_OBJECT_NAME === 'Contact')
    expect((await client.delete(`/Organisations/${String(company?.ORGANISATION_ID)}`)).status).toBe(202)
    const left = (await client.get(`/Contacts/${String(link?.LINK_OBJECT_ID)}`)).row
    expect(listOf(left.LINKS).map((one) => one.LINK_ID)).not.toContain(link?.LINK_ID)
  })

  it('makes notes only under their record, and lists them there and among all', async () => {
    const person = await contact()
    const made = await client.post(`/Contacts/${person}/Notes`, { TITLE: 'Call', BODY: 'They like it.' })
    expect(made.status).toBe(201)
    expect(made.row.LINKS).toEqual([expect.objectContaining({ LINK_OBJECT_NAME: 'Contact', LINK_OBJECT_ID: person })])
    expect((await client.get(`/Contacts/${person}/Notes`)).rows).toEqual([made.row])
    expect((await client.get(`/Notes/${String(made.row.NOTE_ID)}`)).row).toEqual(made.row)
    expect((await client.get(`/Contacts/${person}`)).row.LINKS).toEqual([])
    expect((await client.put('/Notes', { NOTE_ID: Number(made.row.NOTE_ID), BODY: 'Or not.' })).row.BODY).toBe('Or not.')
    expect((await client.get(`/Contacts/${person}/Notes?updated_after_utc=2999-01-01T00:00:00Z`)).rows).toEqual([])
    expect((await client.delete(`/Notes/${String(made.row.NOTE_ID)}`)).status).toBe(202)
    expect((await client.get(`/Contacts/${person}/Notes`)).rows).toEqual([])
    expect((await client.post(`/Contacts/${person}/Notes`, { BODY: 'untitled' })).status).toBe(400)
    expect((await client.post('/Contacts/1/Notes', { TITLE: 'x' })).status).toBe(404)
  })

  it('shows tasks, events and e-mails under what they are linked to', async () => {
    for (const name of ['Tasks', 'Events', 'Emails', 'Notes']) {
      const all = (await client.get(`/${name}?top=200`)).rows
      const ofContacts = all.filter((row) => listOf(row.LINKS)[0]?.LINK_OBJECT_NAME === 'Contact')
      const [first] = ofContacts
      const person = listOf(first?.LINKS)[0]?.LINK_OBJECT_ID
      const theirs = ofContacts.filter((row) => listOf(row.LINKS)[0]?.LINK_OBJECT_ID === person)
      expect((await client.get(`/Contacts/${String(person)}/${name}`)).rows).toEqual(theirs)
    }
  })

  it('links an event to a lead from its own side, and a task to the opportunity it names', async () => {
    const [lead] = (await client.get('/Leads?top=1')).rows
    const event = await created('/Events', { TITLE: 'Demo', START_DATE_UTC: '2026-03-01 10:00:00', END_DATE_UTC: '2026-03-01 11:00:00' })
    const link = { LINK_OBJECT_NAME: 'lead', LINK_OBJECT_ID: Number(lead?.LEAD_ID) }
    expect((await client.post(`/Events/${String(event.EVENT_ID)}/Links`, link)).status).toBe(201)
    expect((await client.put(`/Events/${String(event.EVENT_ID)}/Links`, link)).status).toBe(405)
    const events = (await client.get(`/Leads/${String(lead?.LEAD_ID)}/Events`)).rows
    expect(events.map((row) => row.EVENT_ID)).toContain(event.EVENT_ID)
    const deal = await created('/Opportunities', { OPPORTUNITY_NAME: 'Deal' })
    const me = Number((await client.get('/Users/Me')).row.USER_ID)
    const task = await created('/Tasks', { TITLE: 'x', COMPLETED: false, OWNER_USER_ID: me, OPPORTUNITY_ID: Number(deal.OPPORTUNITY_ID) })
    expect((await client.get(`/Opportunities/${String(deal.OPPORTUNITY_ID)}/Tasks`)).rows.map((row) => row.TASK_ID)).toEqual([task.TASK_ID])
  })

  it('adds, replaces and removes tags, dates and domains', async () => {
    const person = await contact()
    const names = (rows: readonly Row[]) => rows.map((row) => row.TAG_NAME)
    expect((await client.post(`/Contacts/${person}/Tags`, { TAG_NAME: 'a' })).status).toBe(201)
    await client.post(`/Contacts/${person}/Tags`, { TAG_NAME: 'A' })
    expect(names((await client.get(`/Contacts/${person}/Tags`)).rows)).toEqual(['a'])
    await client.put(`/Contacts/${person}/Tags`, [{ TAG_NAME: 'b' }, { TAG_NAME: 'c' }])
    expect((await client.delete(`/Contacts/${person}/Tags`, { TAG_NAME: 'b' })).status).toBe(202)
    expect((await client.delete(`/Contacts/${person}/Tags`, { TAG_NAME: 'b' })).status).toBe(404)
    expect((await client.get(`/Contacts/${person}`)).row.TAGS).toEqual([{ TAG_NAME: 'c' }])
    const dates = await client.put(`/Contacts/${person}/Dates`, [{ OCCASION_NAME: 'Birthday', OCCASION_DATE: '1980-05-01' }])
    expect(dates.rows).toEqual([expect.objectContaining({ OCCASION_NAME: 'Birthday', OCCASION_DATE: '1980-05-01 00:00:00', REPEAT_YEARLY: false })])
    expect((await client.get(`/Contacts/${person}/Dates`)).rows).toEqual(dates.rows)
    const company = await organisation()
    await client.put('/Organisations', { ORGANISATION_ID: company, EMAILDOMAINS: [{ EMAIL_DOMAIN: 'kin.example' }] })
    expect((await client.get(`/Organisations/${company}/EmailDomains`)).rows).toEqual([expect.objectContaining({ EMAIL_DOMAIN: 'kin.example' })])
  })

  it('counts a change of children as a change of the record, unless set otherwise', async () => {
    const person = await contact()
    const updated = async () => String((await client.get(`/Contacts/${person}`)).row.DATE_UPDATED_UTC)
    await client.admin('PUT', '/clock', { now: '2027-02-01T00:00:00Z' })
    await client.admin('PUT', '/settings', { childrenTouchParent: false })
    const before = await updated()
    await client.post(`/Contacts/${person}/Tags`, { TAG_NAME: 'x' })
    expect(await updated()).toBe(before)
    await client.admin('DELETE', '/settings')
    await client.post(`/Contacts/${person}/Tags`, { TAG_NAME: 'y' })
    expect(await updated()).toBe('2027-02-01 00:00:00')
    await client.admin('PUT', '/clock', {})
  })

  it('moves an opportunity through pipeline and stages', async () => {
    const deal = Number((await created('/Opportunities', { OPPORTUNITY_NAME: 'Move' })).OPPORTUNITY_ID)
    const pipelines = (await client.get('/Pipelines')).rows.filter((row) => row.FOR_OPPORTUNITIES === true)
    const stages = (await client.get('/PipelineStages')).rows
    const own = stages.filter((row) => row.PIPELINE_ID === pipelines[0]?.PIPELINE_ID)
    const other = stages.find((row) => row.PIPELINE_ID === pipelines[1]?.PIPELINE_ID)
    const put = (path: string, body: object) => client.put(`/Opportunities/${deal}/${path}`, body)
    expect((await put('PipelineStage', { STAGE_ID: Number(own[0]?.STAGE_ID) })).status).toBe(400)
    const pipeline = { PIPELINE_ID: Number(pipelines[0]?.PIPELINE_ID), PIPELINE_STAGE_CHANGE: { STAGE_ID: Number(own[0]?.STAGE_ID) } }
    expect((await put('Pipeline', pipeline)).row).toMatchObject({ PIPELINE_ID: pipelines[0]?.PIPELINE_ID, STAGE_ID: own[0]?.STAGE_ID })
    expect((await put('PipelineStage', { STAGE_ID: Number(own[1]?.STAGE_ID) })).row.STAGE_ID).toBe(own[1]?.STAGE_ID)
    expect((await put('PipelineStage', { STAGE_ID: Number(other?.STAGE_ID) })).status).toBe(400)
    expect((await client.put('/Opportunities', { OPPORTUNITY_ID: deal, STAGE_ID: Number(own[2]?.STAGE_ID) })).row.STAGE_ID).toBe(own[1]?.STAGE_ID)
    expect((await client.delete(`/Opportunities/${deal}/Pipeline`)).status).toBe(202)
    expect((await client.get(`/Opportunities/${deal}`)).row).toMatchObject({ PIPELINE_ID: null, STAGE_ID: null })
  })

  it('keeps the history of states, changed either way', async () => {
    const deal = Number((await created('/Opportunities', { OPPORTUNITY_NAME: 'History' })).OPPORTUNITY_ID)
    const won = await client.put(`/Opportunities/${deal}/StateChange`, { FOR_OPPORTUNITY_STATE: 'WON', STATE_REASON_ID: 9001 })
    expect(won.row.OPPORTUNITY_STATE).toBe('Won')
    expect((await client.put(`/Opportunities/${deal}/StateChange`, { FOR_OPPORTUNITY_STATE: 'Lost', STATE_REASON_ID: 9001 })).status).toBe(400)
    await client.put('/Opportunities', { OPPORTUNITY_ID: deal, OPPORTUNITY_STATE: 'Open' })
    const history = (await client.get(`/Opportunities/${deal}/StateHistory`)).rows
    expect(history.map((row) => [row.FOR_OPPORTUNITY_STATE, row.STATE_REASON])).toEqual([
      ['Open', null],
      ['Won', 'Best fit'],
      ['Open', null],
    ])
    const [first] = (await client.get('/Opportunities/Search?field_name=OPPORTUNITY_STATE&field_value=Lost&top=1')).rows
    const states = (await client.get(`/Opportunities/${String(first?.OPPORTUNITY_ID)}/StateHistory`)).rows.map((row) => row.FOR_OPPORTUNITY_STATE)
    expect(states).toEqual(['Open', 'Lost'])
  })

  it('adds up the lines of a quotation', async () => {
    const deal = await created('/Opportunities', { OPPORTUNITY_NAME: 'Quoted' })
    const quote = Number((await created('/Quotation', { QUOTATION_NAME: 'Q', OPPORTUNITY_ID: Number(deal.OPPORTUNITY_ID) })).QUOTE_ID)
    const [entry] = (await client.get('/PricebookEntry?top=1')).rows
    const line = { PRICEBOOK_ENTRY_ID: Number(entry?.PRICEBOOK_ENTRY_ID), UNIT_PRICE: 19.99, QUANTITY: 3, DISCOUNT: 10 }
    const first = await client.post(`/Quotation/${quote}/QuotationLineItem`, line)
    expect(first.row).toMatchObject({ SUBTOTAL: 59.97, TOTAL_PRICE: 53.97, LIST_PRICE: entry?.PRICE, QUOTE_ID: quote })
    await client.post(`/Quotation/${quote}/QuotationLineItem`, { ...line, DISCOUNT: 0, QUANTITY: 1 })
    expect((await client.get(`/Quotation/${quote}`)).row).toMatchObject({ LINE_ITEM_COUNT: 2, SUBTOTAL: 79.96, TOTAL_PRICE: 73.96 })
    expect((await client.get(`/Quotation/${quote}/QuotationLineItem`)).rows).toHaveLength(2)
    expect((await client.delete(`/Quotation/${quote}/QuotationLineItem/${String(first.row.QUOTATION_ITEM_ID)}`)).status).toBe(202)
    expect((await client.get(`/Quotation/${quote}`)).row).toMatchObject({ LINE_ITEM_COUNT: 1, GRAND_TOTAL: 19.99 })
    expect((await client.post(`/Quotation/${quote}/QuotationLineItem`, { UNIT_PRICE: 1, QUANTITY: 1 })).status).toBe(400)
  })

  it('keeps milestones under projects, entries under products and members in teams', async () => {
    const project = Number((await created('/Projects', { PROJECT_NAME: 'P', STATUS: 'in progress' })).PROJECT_ID)
    const milestone = await client.post(`/Projects/${project}/Milestones`, { TITLE: 'M', DUE_DATE: '2026-09-01' })
    expect(milestone.row).toMatchObject({ PROJECT_ID: project, COMPLETED: false })
    expect((await client.get(`/Projects/${project}/Milestones`)).rows).toHaveLength(1)
    const product = Number((await created('/Product', { PRODUCT_NAME: 'New', DEFAULT_PRICE: 5, ACTIVE: true })).PRODUCT_ID)
    const entry = await client.post(`/Product/${product}/PricebookEntry`, { PRICEBOOK_ID: 51_001, PRICE: 4.5 })
    expect(entry.row).toMatchObject({ PRODUCT_ID: product, PRICEBOOK_ID: 51_001, PRICE: 4.5 })
    const users = (await client.get('/Users')).rows
    const member = await client.post('/Teams/4401/TeamMembers', { MEMBER_USER_ID: Number(users.at(-1)?.USER_ID) })
    expect(listOf((await client.get('/Teams/4401')).row.TEAMMEMBERS)).toContainEqual(member.row)
  })

  it('knows who calls, what may be done and where', async () => {
    expect((await client.get('/Users/Me')).row).toMatchObject({ ACCOUNT_OWNER: true })
    expect((await client.get('/Permissions')).rows.length).toBeGreaterThan(5)
    expect((await client.get('/Instance')).row.PLAN_NAME).toBe('Enterprise')
    expect((await client.get('/Currencies')).rows).toContainEqual({ CURRENCY_CODE: 'EUR', CURRENCY_SYMBOL: '€' })
    expect((await client.get('/Countries')).rows.length).toBeGreaterThan(5)
    const withConverted = (await client.get('/LeadStatuses?include_converted=true')).rows.length
    expect((await client.get('/LeadStatuses')).rows).toHaveLength(withConverted - 1)
  })
})
