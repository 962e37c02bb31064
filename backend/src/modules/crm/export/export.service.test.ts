import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, it } from 'vitest'
import { createClock } from '#backend/kernel/clock.ts'
import type { EntityName } from '#contracts/entities.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../../test/harness.ts'
import { createTestOperations } from '../../../../test/operations.ts'
import { createImportService, type ImportService } from '../import/import.service.ts'
import { csvCell, csvLine } from './csv-cells.ts'
import { createExportService } from './export.service.ts'

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

async function contentOf(entity: EntityName, format: 'csv' | 'json', bom = false): Promise<string> {
  const { content } = await exports.exportFile(workspace.actor, { entity, format, bom })
  let text = ''
  for await (const part of content) text += part
  return text
}

describe('export', () => {
  it.each(files.map(([entity]) => entity).flatMap((entity) => [[entity, 'csv'] as const, [entity, 'json'] as const]))(
    'is read back unchanged: %s as %s',
    async (entity, format) => {
      const text = await contentOf(entity, format, true)
      const result = await imports.importFile(workspace.actor, Readable.from([Buffer.from(text)]), { entity })
      const rows = format === 'csv' ? parse(text, { bom: true }).length - 1 : JSON.parse(text).items.length
      expect(result).toMatchObject({ errors: [], total: rows, created: 0, updated: 0, skipped: rows })
    },
  )

  it('has the canonical columns, then custom fields, and neutralises formulas', async () => {
    const rows = parse(await contentOf('organisations', 'csv')) as string[][]
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

  it('says clearly that Excel comes later', async () => {
    await expect(exports.exportFile(workspace.actor, { entity: 'contacts', format: 'xlsx' })).rejects.toMatchObject({ code: 'UNSUPPORTED' })
  })
})
