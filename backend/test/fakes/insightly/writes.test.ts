import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeClient, openFake, request } from './fake-client.ts'

describe('writes to the fake', () => {
  let client: FakeClient
  beforeAll(async () => {
    client = await openFake()
  })
  afterAll(() => client.close())

  async function create(path: string, body: object) {
    const answer = await client.post(path, body)
    expect([answer.text, answer.status]).toEqual([answer.text, 201])
    return answer.row
  }

  it('creates a contact with everything else empty, at the end of the list', async () => {
    const row = await create('/Contacts', { FIRST_NAME: 'Ada', LAST_NAME: 'Byron', TAGS: [{ TAG_NAME: 'new' }] })
    expect(row).toMatchObject({ FIRST_NAME: 'Ada', PHONE: null, CUSTOMFIELDS: [], LINKS: [], TAGS: [{ TAG_NAME: 'new' }], EMAIL_OPTED_OUT: false })
    expect((await client.get(`/Contacts/${String(row.CONTACT_ID)}`)).row).toEqual(row)
    const total = Number((await client.get('/Contacts?top=1&count_total=true')).headers.get('x-total-count'))
    expect((await client.get(`/Contacts?skip=${total - 1}`)).rows).toEqual([row])
    expect((await client.get('/Contacts/Search?field_name=FIRST_NAME&field_value=Ada')).rows).toContainEqual(row)
    expect((await client.get('/Contacts/SearchByTag?tagName=new')).rows).toEqual([row])
    expect((await client.get('/Tags?record_type=contacts')).rows).toContainEqual({ TAG_NAME: 'new' })
  })

  it('wants what is required, and nothing longer than allowed', async () => {
    expect((await client.post('/Contacts', { LAST_NAME: 'Nobody' })).row.Message).toBe('The FIRST_NAME field is required.')
    expect((await client.post('/Contacts', { FIRST_NAME: 'x'.repeat(256) })).status).toBe(400)
    expect((await client.post('/Contacts', { FIRST_NAME: 'x'.repeat(255) })).status).toBe(201)
    expect((await client.post('/Organisations', {})).status).toBe(400)
    expect((await client.post('/Tasks', { TITLE: 'Call' })).status).toBe(400)
    expect((await client.post('/Events', { TITLE: 'Visit', START_DATE_UTC: '2026-01-01 10:00:00' })).status).toBe(400)
    expect((await client.post('/Projects', { PROJECT_NAME: 'x' })).status).toBe(400)
    expect((await client.post('/Quotation', { QUOTATION_NAME: 'x' })).status).toBe(400)
  })

  it('ignores read-only fields, unknown ones, links and pipelines', async () => {
    const row = await create('/Opportunities', {
      OPPORTUNITY_NAME: 'Pilot',
      OPPORTUNITY_ID: 5,
      DATE_CREATED_UTC: '1999-01-01 00:00:00',
      OPPORTUNITY_VALUE: 7,
      PIPELINE_ID: 30_100,
      LINKS: [{ LINK_OBJECT_NAME: 'Contact', LINK_OBJECT_ID: 1 }],
      NO_SUCH_FIELD: 1,
    })
    expect(row).toMatchObject({ OPPORTUNITY_STATE: 'Open', OPPORTUNITY_VALUE: null, PIPELINE_ID: null, LINKS: [] })
    expect(row.OPPORTUNITY_ID).not.toBe(5)
    expect(String(row.DATE_CREATED_UTC) > '2020').toBe(true)
    expect(row).not.toHaveProperty('NO_SUCH_FIELD')
  })

  it('gives a lead its default status and source, and empty values of its own', async () => {
    const row = await create('/Leads', { FIRST_NAME: 'Ida', LAST_NAME: 'Lead' })
    expect(row).toMatchObject({ LEAD_STATUS_ID: 5010, LEAD_SOURCE_ID: 6020, EMAIL: '', EMPLOYEE_COUNT: 0, CONVERTED: false })
    expect((await client.post('/Leads', { LAST_NAME: 'x', LEAD_STATUS_ID: 1 })).status).toBe(400)
  })

  it('changes only what is sent, by the id in the body or in the path, even as text; null clears', async () => {
    const row = await create('/Organisations', { ORGANISATION_NAME: 'Acme', PHONE: '1', WEBSITE: 'https://acme.example' })
    const id = Number(row.ORGANISATION_ID)
    expect((await client.put('/Organisations', { ORGANISATION_ID: id, PHONE: '2' })).row).toMatchObject({ PHONE: '2', WEBSITE: 'https://acme.example' })
    expect((await client.put(`/Organisations/${id}`, { organisation_id: String(id), website: null })).row).toMatchObject({ PHONE: '2', WEBSITE: null })
    expect((await client.put('/Organisations', { PHONE: '3' })).status).toBe(400)
    expect((await client.put('/Organisations', { ORGANISATION_ID: 1, PHONE: '3' })).status).toBe(404)
    expect((await client.put('/Organisations', { ORGANISATION_ID: id, ORGANISATION_NAME: null })).status).toBe(400)
    expect((await client.get(`/Organisations/${id}`)).row).toMatchObject({ ORGANISATION_NAME: 'Acme', PHONE: '2' })
  })

  it('shows a change to those who ask for changes', async () => {
    await client.admin('PUT', '/clock', { now: '2027-01-01T00:00:00Z' })
    const [first] = (await client.get('/Contacts?top=1')).rows
    await client.put('/Contacts', { CONTACT_ID: Number(first?.CONTACT_ID), TITLE: 'Changed' })
    const { rows } = await client.get('/Contacts/Search?updated_after_utc=2026-12-31T23:59:59Z')
    expect(rows.map((row) => [row.CONTACT_ID, row.TITLE, row.DATE_UPDATED_UTC])).toEqual([[first?.CONTACT_ID, 'Changed', '2027-01-01 00:00:00']])
    await client.admin('PUT', '/clock', {})
  })

  it('deletes with 202 and nothing, and then knows nothing of it', async () => {
    const before = (await client.get('/Leads?top=500')).rows
    const id = Number(before[3]?.LEAD_ID)
    const answer = await client.delete(`/Leads/${id}`)
    expect([answer.status, answer.text]).toEqual([202, ''])
    expect((await client.get(`/Leads/${id}`)).status).toBe(404)
    expect((await client.get(`/Leads/${id}`)).headers.get('content-type')).toContain('text/plain')
    expect((await client.delete(`/Leads/${id}`)).status).toBe(404)
    expect((await client.get('/Leads?top=500')).rows).toEqual(before.filter((row) => row.LEAD_ID !== id))
    expect((await client.get('/Leads?top=2&skip=2')).rows).toEqual([before[2], before[4]])
  })

  it('keeps the digits of amounts that JavaScript would round, and works values out from them', async () => {
    const name = JSON.stringify('Big')
    const { text } = await client.post(
      '/Opportunities',
      `{"OPPORTUNITY_NAME":${name},"BID_AMOUNT":12345678901234567.89,"BID_TYPE":"per month","BID_DURATION":2}`,
    )
    expect(text).toContain('"BID_AMOUNT":12345678901234567.89')
    expect(text).toContain('"BID_TYPE":"Per Month"')
    expect(text).toContain('"OPPORTUNITY_VALUE":24691357802469135.78')
    expect((await client.post('/Opportunities', { OPPORTUNITY_NAME: 'x', BID_AMOUNT: 'much' })).status).toBe(400)
  })

  it('takes dates in both forms and states in any case', async () => {
    const row = await create('/Events', { TITLE: 'Visit', START_DATE_UTC: '2026-03-01T10:00:00+02:00', END_DATE_UTC: '2026-03-01 09:30:00' })
    expect(row).toMatchObject({ START_DATE_UTC: '2026-03-01 08:00:00', END_DATE_UTC: '2026-03-01 09:30:00' })
    expect((await client.post('/Events', { START_DATE_UTC: '2026-02-30', END_DATE_UTC: '2026-03-01' })).status).toBe(400)
    expect((await create('/Opportunities', { OPPORTUNITY_NAME: 'x', OPPORTUNITY_STATE: 'SUSPENDED' })).OPPORTUNITY_STATE).toBe('Suspended')
    expect((await client.post('/Opportunities', { OPPORTUNITY_NAME: 'x', OPPORTUNITY_STATE: 'Maybe' })).status).toBe(400)
  })

  it('completes and reopens a task', async () => {
    const me = (await client.get('/Users/Me')).row.USER_ID
    const row = await create('/Tasks', { TITLE: 'Call', COMPLETED: false, OWNER_USER_ID: Number(me) })
    expect(row).toMatchObject({ STATUS: 'NOT STARTED', PRIORITY: 2, COMPLETED_DATE_UTC: null })
    const done = await client.put('/Tasks', { TASK_ID: Number(row.TASK_ID), STATUS: 'Completed' })
    expect(done.row).toMatchObject({ COMPLETED: true, STATUS: 'COMPLETED', PERCENT_COMPLETE: 100 })
    expect(done.row.COMPLETED_DATE_UTC).not.toBeNull()
    expect((await client.put('/Tasks', { TASK_ID: Number(row.TASK_ID), COMPLETED: false })).row).toMatchObject({ COMPLETED: false, COMPLETED_DATE_UTC: null })
    expect((await client.put('/Tasks', { TASK_ID: Number(row.TASK_ID), PRIORITY: 4 })).status).toBe(400)
  })

  it('replaces custom fields, or merges them where set so', async () => {
    const tier = { FIELD_NAME: 'Account_Tier__c', FIELD_VALUE: 'Gold' }
    const sensors = { FIELD_NAME: 'Installed_Sensors__c', FIELD_VALUE: '12' }
    const { ORGANISATION_ID: id } = await create('/Organisations', { ORGANISATION_NAME: 'Custom', CUSTOMFIELDS: [tier] })
    const put = async (fields: readonly object[]) =>
      (await client.put('/Organisations', { ORGANISATION_ID: Number(id), CUSTOMFIELDS: fields })).row.CUSTOMFIELDS
    const stored = { ...sensors, FIELD_VALUE: 12, CUSTOM_FIELD_ID: 'Installed_Sensors__c' }
    expect(await put([sensors])).toEqual([stored])
    await client.admin('PUT', '/settings', { customFields: 'merge' })
    expect(await put([tier])).toEqual([stored, { ...tier, CUSTOM_FIELD_ID: 'Account_Tier__c' }])
    expect(await put([{ FIELD_NAME: 'Account_Tier__c', FIELD_VALUE: null }])).toEqual([stored])
    await client.admin('DELETE', '/settings')
    for (const wrong of [
      { ...tier, FIELD_VALUE: 'Tin' },
      { ...tier, FIELD_NAME: 'account_tier__c' },
      { ...sensors, FIELD_VALUE: 'many' },
    ]) {
      expect((await client.put('/Organisations', { ORGANISATION_ID: Number(id), CUSTOMFIELDS: [wrong] })).status).toBe(400)
    }
  })

  it('describes custom fields by singular and plural, and all of them for an unknown object', async () => {
    const singular = await client.get('/CustomFields/Contact')
    expect(singular.rows.length).toBeGreaterThan(0)
    for (const row of singular.rows) expect(row.FIELD_FOR).toBe('CONTACT')
    expect((await client.get('/customfields/contacts')).rows).toEqual(singular.rows)
    expect((await client.get('/CustomFields/Nothing')).rows.length).toBeGreaterThan(singular.rows.length)
    expect((await client.get('/CustomFields/Contact/Search?fieldName=Interests__c')).row.FIELD_TYPE).toBe('MULTISELECT')
  })

  it('obeys If-Match where records carry an ETag', async () => {
    await client.admin('PUT', '/settings', { etag: true })
    const { row } = await client.post('/Contacts', { FIRST_NAME: 'Tagged' })
    const change = { CONTACT_ID: Number(row.CONTACT_ID), TITLE: 'Boss' }
    const changed = await client.put('/Contacts', change, { 'if-match': String(row.ETag) })
    expect(changed.status).toBe(200)
    expect(changed.row.ETag).not.toBe(row.ETag)
    const stale = await client.put('/Contacts', { ...change, TITLE: 'Late' }, { 'if-match': String(row.ETag) })
    expect(stale.status).toBe(400)
    expect(stale.row.Message).toContain('If-Match')
    await client.admin('DELETE', '/settings')
  })

  it('answers a PUT with 201, writes states in capitals and stops at the plan’s limit where set so', async () => {
    await client.admin('PUT', '/settings', { putStatus: 201, stateCase: 'upper', recordLimit: 1 })
    const [first] = (await client.get('/Opportunities?top=1')).rows
    expect(first?.OPPORTUNITY_STATE).toBe(String(first?.OPPORTUNITY_STATE).toUpperCase())
    expect((await client.put('/Opportunities', { OPPORTUNITY_ID: Number(first?.OPPORTUNITY_ID), PROBABILITY: 5 })).status).toBe(201)
    expect((await client.post('/Contacts', { FIRST_NAME: 'Too many' })).status).toBe(402)
    expect((await client.admin('PUT', '/settings', { plan: 'none' })).status).toBe(400)
    await client.admin('DELETE', '/settings')
    expect((await client.post('/Contacts', { FIRST_NAME: 'Welcome' })).status).toBe(201)
  })

  it('lets only administrators change lists, and keeps what is in use', async () => {
    const { LEAD_STATUS_ID: id } = await create('/LeadStatuses', { LEAD_STATUS: 'Open - Later' })
    expect((await client.delete(`/LeadStatuses?id=${String(id)}`)).status).toBe(202)
    expect((await client.delete('/LeadStatuses?id=5010')).status).toBe(409)
    const users = (await client.get('/Users')).rows
    const plain = users.find((user) => user.ADMINISTRATOR === false)
    const asOther = await request(`${client.fake.origin}/_fake/v3.1/LeadSources`, 'POST', { LEAD_SOURCE: 'Fair' }, { 'x-fake-user': String(plain?.USER_ID) })
    expect(asOther.status).toBe(403)
  })
})
