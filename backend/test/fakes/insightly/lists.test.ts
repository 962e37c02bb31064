import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sentinelDate } from './dates.ts'
import { type FakeClient, openFake } from './fake-client.ts'
import type { Row } from './json.ts'

describe('lists and search of the fake', () => {
  let client: FakeClient
  let contacts: Row[]
  beforeAll(async () => {
    client = await openFake({ records: 1200 })
    contacts = (await client.admin('GET', '/dump/Contacts')).text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Row)
  })
  afterAll(() => client.close())
  const ids = (rows: readonly Row[], field = 'CONTACT_ID') => rows.map((row) => Number(row[field]))

  it('pages in ascending order of ids to the end', async () => {
    const seen: Row[] = []
    for (const skip of [0, 500, 1000, 1500]) seen.push(...(await client.get(`/Contacts?top=500&skip=${skip}`)).rows)
    expect(seen).toEqual(contacts)
    expect(ids(seen)).toEqual(ids(seen).toSorted((a, b) => a - b))
    expect(new Set(ids(seen)).size).toBe(1200)
  })

  it('gives 100 rows unasked, 500 at most, and none past the end', async () => {
    expect((await client.get('/Contacts')).rows).toHaveLength(100)
    expect((await client.get('/Contacts?top=2000')).rows).toHaveLength(500)
    expect((await client.get('/Contacts?skip=1200')).text).toBe('[]')
    expect((await client.get('/Contacts?top=x')).status).toBe(400)
  })

  it('counts on request, in either spelling of true', async () => {
    expect((await client.get('/Contacts?top=1&count_total=True')).headers.get('x-total-count')).toBe('1200')
    expect((await client.get('/Contacts?top=1&count_total=true')).headers.get('x-total-count')).toBe('1200')
    expect((await client.get('/Contacts?top=1')).headers.get('x-total-count')).toBeNull()
  })

  it('leaves out everything nested when brief', async () => {
    const { rows } = await client.get('/Contacts?brief=true&top=20')
    for (const row of rows) for (const name of ['LINKS', 'TAGS', 'CUSTOMFIELDS', 'DATES']) expect(row).not.toHaveProperty(name)
    expect(rows[0]).toHaveProperty('FIRST_NAME')
  })

  it('ignores updated_after_utc on plain lists', async () => {
    const { headers } = await client.get('/Contacts?top=1&count_total=true&updated_after_utc=2026-01-01T00:00:00Z')
    expect(headers.get('x-total-count')).toBe('1200')
  })

  it('shows unset values as null and the sentinel date', () => {
    const values = contacts.flatMap((row) => Object.values(row))
    expect(values).toContain(null)
    expect(values).toContain(sentinelDate)
    for (const row of contacts) expect(row.DATE_CREATED_UTC).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
  })

  it('searches one field for exactly one value', async () => {
    const wanted = contacts.filter((row) => row.LAST_NAME === contacts[7]?.LAST_NAME)
    const value = encodeURIComponent(String(contacts[7]?.LAST_NAME))
    expect((await client.get(`/Contacts/Search?field_name=LAST_NAME&field_value=${value}`)).rows).toEqual(wanted)
    expect((await client.get(`/Contacts/Search?field_name=last_name&field_value=${value}`)).rows).toEqual(wanted)
    const part = encodeURIComponent(String(contacts[7]?.LAST_NAME).slice(0, 3))
    expect((await client.get(`/Contacts/Search?field_name=LAST_NAME&field_value=${part}`)).rows).toEqual([])
    expect((await client.get(`/Contacts/Search?field_name=LAST_NAME&field_value=${part}%25`)).rows).toEqual([])
  })

  it('searches numbers, booleans and custom fields', async () => {
    const organisation = contacts.find((row) => row.ORGANISATION_ID !== null)?.ORGANISATION_ID
    const byNumber = await client.get(`/Contacts/Search?field_name=ORGANISATION_ID&field_value=${String(organisation)}`)
    expect(byNumber.rows).toEqual(contacts.filter((row) => row.ORGANISATION_ID === organisation))
    const optedOut = await client.get('/Contacts/Search?field_name=EMAIL_OPTED_OUT&field_value=True&top=500')
    expect(ids(optedOut.rows)).toEqual(ids(contacts.filter((row) => row.EMAIL_OPTED_OUT === true)))
    const champions = await client.get('/Contacts/Search?field_name=Decision_Role__c&field_value=Champion&top=500')
    expect(ids(champions.rows)).toEqual(
      ids(contacts.filter((row) => JSON.stringify(row.CUSTOMFIELDS).includes('"FIELD_NAME":"Decision_Role__c","FIELD_VALUE":"Champion"'))),
    )
    expect(champions.rows.length).toBeGreaterThan(0)
    expect((await client.get('/Contacts/Search?field_name=decision_role__c&field_value=Champion')).rows).toEqual([])
  })

  it('wants field_name and field_value together, and a field there is', async () => {
    expect((await client.get('/Contacts/Search?field_name=LAST_NAME')).status).toBe(400)
    expect((await client.get('/Contacts/Search?field_value=x')).status).toBe(400)
    expect((await client.get('/Contacts/Search?field_name=NO_SUCH&field_value=x')).status).toBe(400)
    expect((await client.get('/Contacts/Search?unknown=1')).rows).toHaveLength(100)
  })

  it('finds what changed after an instant, in both formats, the instant itself left out', async () => {
    const times = contacts.map((row) => String(row.DATE_UPDATED_UTC)).toSorted()
    const instant = String(times[1100])
    const wanted = ids(contacts.filter((row) => String(row.DATE_UPDATED_UTC) > instant))
    const blank = await client.get(`/Contacts/Search?updated_after_utc=${encodeURIComponent(instant)}&top=500&count_total=true`)
    const iso = await client.get(`/Contacts/Search?updated_after_utc=${instant.replace(' ', 'T')}Z&top=500`)
    expect(ids(blank.rows)).toEqual(wanted)
    expect(ids(iso.rows)).toEqual(wanted)
    expect(blank.headers.get('x-total-count')).toBe(String(wanted.length))
    expect(wanted.length).toBeGreaterThan(0)
    expect((await client.get('/Contacts/Search?updated_after_utc=yesterday')).status).toBe(400)
  })

  it('combines a field and an instant', async () => {
    const { rows } = await client.get('/Opportunities/Search?field_name=OPPORTUNITY_STATE&field_value=Won&updated_after_utc=2026-01-01T00:00:00Z&top=500')
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) {
      expect(row.OPPORTUNITY_STATE).toBe('Won')
      expect(String(row.DATE_UPDATED_UTC) > '2026-01-01 00:00:00').toBe(true)
    }
  })

  it('searches by tag and lists the tags in use', async () => {
    const { rows } = await client.get('/Contacts/SearchByTag?tagName=vip&top=500')
    expect(ids(rows)).toEqual(ids(contacts.filter((row) => JSON.stringify(row.TAGS).includes('"vip"'))))
    expect((await client.get('/Contacts/SearchByTag?tagName=nobody%20has%20it')).rows).toEqual([])
    expect((await client.get('/Tags?record_type=contacts')).rows).toContainEqual({ TAG_NAME: 'vip' })
    expect((await client.get('/Tags')).status).toBe(400)
  })

  it('lists every entity as long as it counts it', async () => {
    const { row: counts } = await client.admin('GET', '/counts')
    for (const [name, count] of Object.entries(counts)) {
      const { status, rows, headers } = await client.get(`/${name}?top=500&count_total=true&include_converted=true`)
      expect([name, status]).toEqual([name, 200])
      expect(Number(headers.get('x-total-count') ?? rows.length)).toBe(count)
      expect(rows).toHaveLength(Math.min(500, Number(count)))
    }
  })

  it('reads one record as the list has it, and texts of e-mails only there', async () => {
    const [email] = (await client.get('/Emails?top=1')).rows
    expect(email?.BODY).toBe('')
    expect(String((await client.get(`/Emails/${String(email?.EMAIL_ID)}`)).row.BODY).length).toBeGreaterThan(0)
    expect((await client.get(`/Contacts/${String(contacts[3]?.CONTACT_ID)}`)).row).toEqual(contacts[3])
    expect((await client.get('/Contacts/1')).status).toBe(404)
    expect((await client.get('/Contacts/abc')).status).toBe(400)
  })
})
