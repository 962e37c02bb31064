import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { parse } from 'csv-parse/sync'
import { readXlsx } from 'hucre/xlsx'
import { beforeAll, describe, expect, it } from 'vitest'
import { createClock } from '#backend/kernel/clock.ts'
import type { EntityName } from '#contracts/entities.ts'
import { type TypedQueryInput, typedQuerySchema } from '#contracts/query.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../../test/harness.ts'
import { createTestOperations } from '../../../../test/operations.ts'
import { createImportService, type ImportService } from '../import/import.service.ts'
import { csvCell, csvLine } from './csv-cells.ts'
import { createExportService } from './export.service.ts'
import { xlsxCell } from './xlsx-cells.ts'

const files: [EntityName, string][] = [
  [
    'organisations',
    'name,external_id,domain,industry,size,phone,city,state,country,owner,tags,created_at,custom.tier\n=HYPERLINK(1),o1,acme.example,Toys,12,+1 415 555 0100,Rome,,Italy,Kim,a;b,2024-05-01T10:00:00Z,Gold\n"Quote ""Q"", Ltd",o2,,,,,,,,kim@x.org,,,Gold\nNo Keys,,,,,,,,,,,,Silver\n',
  ],
  [
    'contacts',
    "first_name,last_name,email,external_id,organisation,owner,custom.since,custom.topics,custom.vip\nZoë,Ångström,zoe@example.com,,No Keys,Kim,2024-01-31,x;y,yes\n-Dash,'Apos,,,,,2024-02-01,x,no\n,,only@example.com,,,,2024-02-02,y;x,no\n,Lines,lines@example.com,,,,,y,\n",
  ],
  ['leads', 'last_name,email,organisation,status,rating\nLee,lee@example.com,Loose Text,New,4\n'],
  [
    'opportunities',
    'name,external_id,organisation,contact_email,pipeline,stage,value,currency,probability\nBig deal,,No Keys,zoe@example.com,Main,Qualified,1234.50,EUR,40\nWon deal,,,,Main,Closed won,10,USD,\n',
  ],
  ['products', 'sku,name,price,cost,currency,stock,active\nS1,Lamp,9.90,4,USD,5,true\nS2,Chair,20,,USD,,false\n'],
  [
    'orders',
    'order_id,customer,ordered_at,sku,description,quantity,unit_price,currency\nO1,zoe@example.com,2025-01-02T03:04:05Z,S1,,2,9.9,USD\nO1,zoe@example.com,2025-01-02T03:04:05Z,S2,Chair,-1,20,USD\nO2,Quote Customer,2025-01-03,,,,,GBP\n',
  ],
  [
    'quotes',
    'name,quote_number,external_id,status,opportunity,organisation,contact_email,expiration_date,subtotal,discount,tax,shipping,total,currency,owner,tags,created_at\nOffer,Q1,,Draft,Big deal,No Keys,zoe@example.com,2025-07-01,100.50,5,1.25,2,103.75,EUR,Kim,a,2025-01-01\nOffer,Q2,x2,Sent,,,,,,,,,10,USD,,,\nLone,,,,Won deal,,,,,,,,,,,,\n',
  ],
  [
    'quote_lines',
    'quote,external_id,product,description,position,quantity,list_price,unit_price,discount,total,currency\nQ1,,S1,Lamp,1,2.5,9.90,9.50,5,22.56,EUR\nQ1,l2,,Labour,2,1,,80,,80,EUR\nLone,,Chair,,,1,,,,,\n',
  ],
  [
    'tasks',
    'title,status,due_at,completed_at,owner,related_type,related_external_id,created_at\nCall,Done,2025-01-01,2025-01-02,Kim,organisation,o1,2024-12-01\nMail,Open,,,,,,\n',
  ],
  ['events', 'title,starts_at,ends_at,attendees\nMeet,2025-01-01T10:00:00Z,2025-01-01T11:00:00Z,a@x.org;b@x.org\n'],
  ['notes', 'body,title,author,created_at\n"Two\nlines, and a ""quote""",T,Kim,2024-01-01\n'],
  ['emails', 'from,to,subject,body,sent_at,direction\nzoe@example.com,me@x.org;you@x.org,Hi,"+Body",2024-01-01T00:00:00Z,inbound\n'],
]

let workspace: TestWorkspace
let imports: ImportService
let exports: ReturnType<typeof createExportService>

beforeAll(async () => {
  workspace = await createTestWorkspace()
  const clock = createClock('2025-06-01T12:00:00Z')
  const { operations } = createTestOperations(workspace.database)
  imports = createImportService({
    database: workspace.database,
    operations,
    clock,
    folder: await mkdtemp(join(tmpdir(), 'chatsg-export-')),
    logger: { error: () => undefined },
  })
  exports = createExportService({ database: workspace.database, operations, clock })
  for (const [entity, text] of files) {
    const result = await imports.importFile(workspace.actor, Readable.from([Buffer.from(text)]), { entity, createMissing: true })
    expect(result, entity).toMatchObject({ errors: [] })
  }
})

type Options = Partial<Parameters<typeof exports.exportFile>[1]>

async function bytesOf(entity: EntityName, options: Options = {}): Promise<Buffer> {
  const { content } = await exports.exportFile(workspace.actor, { entity, format: 'csv', ...options })
  return collect(content)
}

async function collect(content: AsyncIterable<string | Uint8Array>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of content) parts.push(Buffer.from(part as Uint8Array))
  return Buffer.concat(parts)
}

const contentOf = async (entity: EntityName, options: Options = {}): Promise<string> => (await bytesOf(entity, options)).toString('utf8')
const queryOf = (query: TypedQueryInput) => typedQuerySchema.parse(query)
const sheetOf = async (bytes: Buffer) => (await readXlsx(bytes)).sheets[0]?.rows ?? []

describe('export', () => {
  it.each(files.map(([entity]) => entity).flatMap((entity) => (['csv', 'json', 'xlsx'] as const).map((format) => [entity, format] as const)))(
    'is read back unchanged: %s as %s',
    async (entity, format) => {
      const bytes = await bytesOf(entity, { format, bom: true })
      const result = await imports.importFile(workspace.actor, Readable.from([bytes]), { entity })
      const rows = JSON.parse(await contentOf(entity, { format: 'json' })).items.length
      expect(result).toMatchObject({ errors: [], total: rows, created: 0, updated: 0, skipped: rows })
    },
  )

  it('has the canonical columns, then custom fields, and neutralises formulas', async () => {
    const rows = parse(await contentOf('organisations')) as string[][]
    expect(rows[0]).toEqual([
      'name',
      'external_id',
      'domain',
      'industry',
      'size',
      'phone',
      'city',
      'state',
      'country',
      'owner',
      'visibility',
      'tags',
      'created_at',
      'updated_at',
      'custom.tier',
      'id',
    ])
    expect(rows[1]?.[0]).toBe("'=HYPERLINK(1)")
    expect(rows[2]?.[0]).toBe('Quote "Q", Ltd')
    expect(rows[1]?.[11]).toBe('a;b')
  })

  it('guards values, not numbers', () => {
    expect(['=1+1', '+49 30', '@x', '-5', '-5.25', '-x', "'=1", 'a=b'].map(csvCell)).toEqual(["'=1+1", "'+49 30", "'@x", '-5', '-5.25', "'-x", "''=1", 'a=b'])
    expect(csvLine(['a,b', 'say "x"', ' pad', 'plain'])).toBe('"a,b","say ""x"""," pad",plain\r\n')
  })

  it('has amounts as numbers beside their currency, days as dates and formulas as text in a workbook', async () => {
    const [headings, ...rows] = await sheetOf(await bytesOf('opportunities', { format: 'xlsx' }))
    const at = (row: unknown[] | undefined, key: string) => row?.[headings?.indexOf(key) ?? -1]
    const deal = rows.find((row) => at(row, 'name') === 'Big deal')
    expect([at(deal, 'value'), at(deal, 'currency'), at(deal, 'probability')]).toEqual([1234.5, 'EUR', 40])
    expect(at(deal, 'created_at')).toEqual(new Date('2025-06-01T12:00:00Z'))
    const organisations = await readXlsx(await bytesOf('organisations', { format: 'xlsx' }))
    expect(organisations.sheets[0]?.rows[1]?.[0]).toBe('=HYPERLINK(1)')
    expect([...(organisations.sheets[0]?.cells?.values() ?? [])].filter((cell) => cell.formula !== undefined)).toEqual([])
  })

  it('keeps what a cell of a workbook cannot hold: long numbers as text, early days, control characters, cut texts that say so', () => {
    expect(xlsxCell('money', '12345678901234567.89')).toBe('12345678901234567.89')
    expect(xlsxCell('money', '-0.50')).toBe(-0.5)
    expect(xlsxCell('date', '1815-12-10')).toBe('1815-12-10')
    expect(xlsxCell('date', '1985-12-10')).toEqual(new Date('1985-12-10'))
    expect(xlsxCell('text', 'a\u0001b\ud800')).toBe('ab\ufffd')
    expect(xlsxCell('longText', 'x'.repeat(40_000))).toMatch(/^x{32750,}.* … \(cut here\)$/)
    expect(xlsxCell('datetime', '2025-07-01T22:30:00.000Z', 'Europe/Berlin')).toEqual(new Date('2025-07-02T00:30:00Z'))
    expect(xlsxCell('tags', ['a', 'b'])).toBe('a;b')
  })

  it('exports what a list shows: its filter, its words, its order', async () => {
    const names = async (options: Options) => (parse(await contentOf('contacts', options), { columns: true }) as { email: string }[]).map(({ email }) => email)
    expect(await names({ sort: '-email', filter: { field: 'email', op: 'isNotEmpty' } })).toEqual(['zoe@example.com', 'only@example.com', 'lines@example.com'])
    expect(await names({ q: 'zoe' })).toEqual(['zoe@example.com'])
    expect(await names({ filter: { field: 'email', op: 'eq', value: 'nobody@example.com' } })).toEqual([])
    await expect(exports.exportFile(workspace.actor, { entity: 'contacts', format: 'csv', sort: 'nonsense' })).rejects.toMatchObject({ code: 'VALIDATION' })
  })

  it('exports contacts as cards that an import takes for the same contacts', async () => {
    const text = await contentOf('contacts', { format: 'vcf' })
    expect(text).toContain('FN:Zoë Ångström\r\n')
    const other = await createTestWorkspace()
    const { operations } = createTestOperations(other.database)
    const folder = await mkdtemp(join(tmpdir(), 'chatsg-cards-'))
    const there = createImportService({
      database: other.database,
      operations,
      clock: createClock('2025-06-01T12:00:00Z'),
      folder,
      logger: { error: () => undefined },
    })
    const result = await there.importFile(other.actor, Readable.from([Buffer.from(text)]), { entity: 'contacts', createMissing: true })
    const [all] = await workspace.gold<{ count: number }>('select count(*)::int as count from contacts where workspace_id = $1')
    expect(result).toMatchObject({ errors: [], created: all?.count })
    await expect(exports.exportFile(workspace.actor, { entity: 'leads', format: 'vcf' })).rejects.toMatchObject({ code: 'VALIDATION' })
  })
})

describe('export of a query', () => {
  beforeAll(async () => {
    const rows = Array.from({ length: 2300 }, (_, index) => `Many ${String(index).padStart(4, '0')},City ${index % 1500},${index}`)
    const text = `name,city,size\n${rows.join('\n')}\n`
    expect(await imports.importFile(workspace.actor, Readable.from([Buffer.from(text)]), { entity: 'organisations' })).toMatchObject({ created: 2300 })
  })

  const many = { field: 'name', op: 'startsWith', value: 'Many' } as const

  it('is the whole result, whatever page was asked for', async () => {
    const query = queryOf({ entity: 'organisations', select: ['name', 'size'], filter: many, sort: [{ by: 'size', direction: 'desc' }], limit: 3, offset: 1 })
    const { content, fileName } = await exports.exportQuery(workspace.actor, { query, format: 'csv' })
    const rows = parse((await collect(content)).toString('utf8')) as string[][]
    expect(rows[0]).toEqual(['Name', 'Employees'])
    expect(rows.slice(1).map(([, size]) => Number(size))).toEqual(Array.from({ length: 2300 }, (_, index) => 2299 - index))
    expect(fileName).toBe('organisations-2025-06-01.csv')
  })

  it('has every group, and amounts with their currency', async () => {
    const groups = queryOf({ entity: 'organisations', filter: many, groupBy: [{ field: 'city' }], measures: [{ fn: 'sum', field: 'size' }] })
    const items = JSON.parse((await collect((await exports.exportQuery(workspace.actor, { query: groups, format: 'json' })).content)).toString('utf8')).items
    expect(items).toHaveLength(1500)
    const total = items.reduce((sum: number, row: { sum_size: number | string }) => sum + Number(row.sum_size), 0)
    expect(total).toBe((2299 * 2300) / 2)
    const money = queryOf({ entity: 'opportunities', measures: [{ fn: 'sum', field: 'value' }] })
    const [headings, ...rows] = await sheetOf(await collect((await exports.exportQuery(workspace.actor, { query: money, format: 'xlsx' })).content))
    const currency = headings?.indexOf('Currency') ?? -1
    expect(currency).toBeGreaterThanOrEqual(0)
    expect(new Map(rows.map((row) => [row[currency], row.find((cell) => typeof cell === 'number')]))).toEqual(
      new Map<unknown, unknown>([
        ['EUR', 1234.5],
        ['USD', 10],
      ]),
    )
  })

  it('tells what is wrong before the first byte', async () => {
    const query = queryOf({ entity: 'contacts', select: ['nonsense'] })
    await expect(exports.exportQuery(workspace.actor, { query, format: 'csv' })).rejects.toMatchObject({ code: 'VALIDATION' })
  })
})
