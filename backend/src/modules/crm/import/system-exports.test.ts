import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { beforeAll, describe, expect, it } from 'vitest'
import { createClock } from '#backend/kernel/clock.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../../test/harness.ts'
import { createTestOperations } from '../../../../test/operations.ts'
import { createRecordsService } from '../records/records.service.ts'
import { createImportService, type ImportService } from './import.service.ts'
import { germanExports } from './samples/german.ts'
import { hubspotExports } from './samples/hubspot.ts'
import { insightlyExports } from './samples/insightly.ts'
import { salesforceExports } from './samples/salesforce.ts'

const systemExports = [...hubspotExports, ...salesforceExports, ...insightlyExports, ...germanExports]

let workspace: TestWorkspace
let imports: ImportService
let records: ReturnType<typeof createRecordsService>

beforeAll(async () => {
  workspace = await createTestWorkspace()
  const clock = createClock('2025-06-01T12:00:00Z')
  const { operations } = createTestOperations(workspace.database)
  const folder = await mkdtemp(join(tmpdir(), 'chatsg-systems-'))
  imports = createImportService({ database: workspace.database, operations, clock, folder, logger: { error: () => undefined } })
  records = createRecordsService({ operations, clock })
})

describe('exports of other systems are understood as they come', () => {
  it.each(systemExports.map((one) => [`${one.entity} of ${one.system}`, one] as const))('%s', async (_name, { entity, file, mapping, record }) => {
    const result = await imports.importFile(workspace.actor, Readable.from([Buffer.from(file)]), { entity, createMissing: true })
    const taken = Object.fromEntries(Object.entries(result.mapping).filter(([, column]) => column !== null))
    expect(taken).toEqual(mapping)
    expect(result).toMatchObject({ errors: [], created: file.trimEnd().split('\n').length - 1 })
    const key = record.external_id === undefined ? (record.sku === undefined ? 'name' : 'sku') : 'external_id'
    const page = await records.listRecords(workspace.actor, entity, { limit: 5, filter: { field: key, op: 'eq', value: record[key] as string } })
    expect(page.items).toEqual([expect.objectContaining(record)])
  })
})
