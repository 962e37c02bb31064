import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp, testAdminKey } from '../../../../test/app.ts'

describe('exports over HTTP', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await createTestApp()
    for (const [name, city] of [
      ['Alpha', 'Rome'],
      ['Beta', 'Rome'],
      ['Gamma', 'Oslo'],
    ])
      await app.request('POST', '/api/crm/organisations', { name, city })
  })
  afterAll(() => app.close())

  const get = (url: string) => app.server.inject({ method: 'GET', url, headers: { authorization: `Bearer ${testAdminKey}` } })
  const post = (payload: object) =>
    app.server.inject({ method: 'POST', url: '/api/crm/query/export', payload, headers: { authorization: `Bearer ${testAdminKey}` } })

  it('takes the parameters of a list', async () => {
    const { statusCode, headers, body } = await get('/api/crm/export?entity=organisations&format=csv&city=Rome&sort=-name')
    expect(statusCode).toBe(200)
    expect(headers['content-disposition']).toMatch(/^attachment; filename="organisations-\d{4}-\d{2}-\d{2}\.csv"$/)
    expect(
      body
        .split('\r\n')
        .slice(1, -1)
        .map((line) => line.split(',')[0]),
    ).toEqual(['Beta', 'Alpha'])
    const filter = encodeURIComponent(JSON.stringify({ field: 'city', op: 'eq', value: 'Oslo' }))
    expect((await get(`/api/crm/export?entity=organisations&format=json&filter=${filter}`)).json().items).toMatchObject([{ name: 'Gamma' }])
  })

  it('gives a workbook of a query that spreadsheets open', async () => {
    const { statusCode, headers, rawPayload } = await post({
      query: { entity: 'organisations', title: 'Wer ist "wo"?', groupBy: [{ field: 'city' }], measures: [{ fn: 'count' }], limit: 1 },
      format: 'xlsx',
    })
    expect(statusCode).toBe(200)
    expect(headers['content-type']).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    expect(headers['content-disposition']).toMatch(/^attachment; filename="wer-ist-wo-\d{4}-\d{2}-\d{2}\.xlsx"$/)
    const [, ...rows] = (await readXlsx(rawPayload)).sheets[0]?.rows ?? []
    expect(new Map(rows as [string, number][])).toEqual(
      new Map([
        ['Rome', 2],
        ['Oslo', 1],
      ]),
    )
  })

  it('answers what is wrong as an error, not as a file', async () => {
    for (const url of [
      'entity=organisations&nonsense=1',
      'entity=organisations&filter=no',
      'entity=leads&format=vcf',
      'entity=users',
      'entity=contacts&format=pdf',
    ]) {
      const { statusCode, body } = await get(`/api/crm/export?${url}`)
      expect(`${url} ${statusCode}`, body).toBe(`${url} 400`)
    }
    expect((await post({ query: { entity: 'contacts', select: ['nonsense'] } })).statusCode).toBe(400)
    expect((await post({ query: { entity: 'contacts' }, format: 'vcf' })).statusCode).toBe(400)
  })
})
