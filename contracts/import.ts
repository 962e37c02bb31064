/** Import and export over HTTP: options, preview, progress and results. */
import { z } from 'zod'
import { entities, entityNames } from './entities.ts'
import { typedQuerySchema } from './query.ts'

export const importableEntities = entityNames.filter((name) => entities[name].importable)
const importableEntity = z.enum(importableEntities as [string, ...string[]]).transform((name) => name as (typeof importableEntities)[number])

export const maxImportRows = 5_000_000
export const maxImportColumns = 500
/** Characters of one cell. */
export const maxCellLength = 2_000_000
/** Row errors kept and returned; `errorCount` counts them all. */
export const maxImportErrors = 1000

const flag = z.enum(['true', 'false', '1', '0', '']).transform((value) => value === 'true' || value === '1')

/** Heading of the file → column of the entity, `custom.<key>`, or null to leave the heading out. */
export const importMappingSchema = z.record(z.string().max(1000), z.string().max(80).nullable())
export type ImportMapping = z.infer<typeof importMappingSchema>

const mappingParameter = z
  .string()
  .max(100_000)
  .transform((text, context): ImportMapping => {
    try {
      return importMappingSchema.parse(JSON.parse(text))
    } catch {
      context.addIssue({ code: 'custom', message: 'must be a JSON object from heading to column, for example {"E-mail Address":"email"}' })
      return z.NEVER
    }
  })

export const dateOrders = ['dmy', 'mdy'] as const
export type DateOrder = (typeof dateOrders)[number]

const reading = {
  entity: importableEntity,
  mapping: mappingParameter.optional(),
  fileName: z.string().max(255).optional(),
  /** How to read 1/2/2025 where the column itself does not tell. */
  dateOrder: z.enum(dateOrders).optional(),
  /** Zone of times without one; default UTC. */
  timeZone: z.string().max(60).optional(),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']).optional(),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  /** Of a workbook; its first with rows when left out. */
  sheet: z.string().max(255).optional(),
}
export const importPreviewQuerySchema = z.object(reading)
export const importQuerySchema = z.object({
  ...reading,
  /** Does everything and keeps nothing. */
  dryRun: flag.optional(),
  /** Creates customers, organisations and contacts that a row names and nobody knows. */
  createMissing: flag.optional(),
  /** Answers 202 with the import's id as soon as the file has arrived. */
  background: flag.optional(),
})

export const importRowErrorSchema = z.object({
  /** Row as a spreadsheet numbers it: the headings are row 1. Of JSON: the record's position, from 1. */
  row: z.int(),
  field: z.string(),
  message: z.string(),
})
export type ImportRowError = z.infer<typeof importRowErrorSchema>

const counts = {
  /** Rows of the file that held anything. */
  total: z.int(),
  /** Rows that made a record; every row is exactly one of created, updated, skipped or in error. */
  created: z.int(),
  updated: z.int(),
  /** Rows that say what the record already says. */
  skipped: z.int(),
  errorCount: z.int(),
  errors: z.array(importRowErrorSchema),
}

export const importResultSchema = z.object({
  /** Null for a dry run. */
  importId: z.string().nullable(),
  dryRun: z.boolean(),
  status: z.enum(['done', 'failed', 'cancelled']),
  ...counts,
  /** Headings whose cells were not taken. */
  ignored: z.array(z.string()),
  mapping: importMappingSchema,
  /** Custom fields made for `custom.<key>` columns. */
  customFields: z.array(z.object({ key: z.string(), label: z.string(), type: z.string() })),
})
export type ImportResult = z.infer<typeof importResultSchema>

export const importAcceptedSchema = z.object({ importId: z.string() })

export const importRunSchema = z.object({
  id: z.string(),
  entity: z.string(),
  fileName: z.string().nullable(),
  format: z.string(),
  /** `queued` waits for another import to end. `failed` and `cancelled` keep what had landed, and can be undone like any other. */
  status: z.enum(['queued', 'running', 'done', 'failed', 'cancelled', 'undone']),
  ...counts,
  /** While running, `total` is an estimate from the part of the file read so far. */
  processed: z.int(),
  /** Of the last seconds while running, of the whole afterwards; null when unknown. */
  rowsPerSecond: z.number().nullable(),
  /** Seconds until it is done at this speed; null when unknown or not running. */
  secondsLeft: z.number().nullable(),
  ignored: z.array(z.string()),
  /** Why it failed. */
  failure: z.string().nullable(),
  actor: z.string(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  undoneAt: z.string().nullable(),
})
export type ImportRun = z.infer<typeof importRunSchema>

export const importUndoSchema = z.object({
  importId: z.string(),
  removed: z.int(),
  restored: z.int(),
  /** Records somebody changed since, left as they are. */
  kept: z.array(z.object({ entity: z.string(), id: z.string(), reason: z.string() })),
  keptCount: z.int(),
})
export type ImportUndo = z.infer<typeof importUndoSchema>

export const importFormats = ['csv', 'json', 'jsonl', 'xlsx', 'vcard', 'eml', 'mbox'] as const

export const importPreviewSchema = z.object({
  entity: z.string(),
  /** What the file's content is, whatever it is called. */
  format: z.enum(importFormats),
  delimiter: z.string().nullable(),
  encoding: z.string(),
  /** Of a workbook: the sheet that is read, and all there are. */
  sheet: z.string().nullable(),
  sheets: z.array(z.string()),
  /** What a person should know about the file, such as that its name promises another format. */
  notes: z.array(z.string()),
  headings: z.array(z.string()),
  mapping: importMappingSchema,
  /** 0-1 per heading. */
  confidence: z.record(z.string(), z.number()),
  columns: z.array(z.object({ key: z.string(), label: z.string(), required: z.boolean() })),
  /** What is still missing before this can be imported, in words; null when nothing is. */
  problem: z.string().nullable(),
  sample: z.array(z.record(z.string(), z.string())),
  /** Rows seen in the first megabyte. */
  rows: z.int(),
  /** Whether `rows` is the whole file. */
  complete: z.boolean(),
  /** Questions the file itself does not answer. */
  ambiguities: z.array(
    z.object({ heading: z.string(), kind: z.enum(['dateOrder']), message: z.string(), options: z.array(z.object({ value: z.string(), label: z.string() })) }),
  ),
})
export type ImportPreview = z.infer<typeof importPreviewSchema>

export const exportFormats = ['csv', 'json', 'xlsx', 'vcf'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** Beside these, any field may be given as its own parameter, as for lists. */
export const exportQuerySchema = z.looseObject({
  entity: importableEntity,
  format: z.enum(exportFormats).default('csv'),
  /** A byte order mark, by which Excel knows UTF-8. */
  bom: flag.optional(),
  sort: z.string().max(200).optional().describe('Field, with a leading - for descending; several separated by commas'),
  q: z.string().max(200).optional().describe('Search words'),
  filter: z.string().max(20_000).optional().describe('A typed-query filter as JSON; any field may also be given as its own parameter'),
  timeZone: z.string().max(60).optional(),
})

export const queryExportSchema = z.strictObject({
  /** Its page (limit, offset, cursor) does not matter: the whole result is exported. */
  query: typedQuerySchema,
  format: z.enum(exportFormats).default('csv'),
  bom: z.boolean().optional(),
})
