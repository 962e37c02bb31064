import type { Actor } from '#backend/kernel/actor.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import type { EntityName } from '#contracts/entities.ts'
import type { ImportMapping, ImportPreview } from '#contracts/import.ts'
import { listCustomFields } from '../records/custom-fields.repository.ts'
import { ambiguitiesOf, analyseFile, type ReadingOptions } from './analyse-file.ts'
import { misnamed } from './formats/recognise.ts'
import type { Uploads } from './formats/uploads.ts'
import { chooseMapping, proposeMapping } from './guess-mapping.ts'
import { missingColumns } from './target-columns.ts'

const maxSampleLength = 300

/** Looks at the first megabyte of a file and proposes how to import it; writes nothing. */
export async function previewImport(
  { operations, uploads }: { operations: Operations; uploads: Uploads },
  actor: Actor,
  source: AsyncIterable<Uint8Array>,
  options: ReadingOptions & { entity: EntityName; mapping?: ImportMapping | undefined },
): Promise<ImportPreview> {
  const previewing = { name: 'imports.preview', scope: 'crm:import', event: null, readOnly: true } as const
  const customFields = await operations.run(actor, previewing, (tx) => listCustomFields(tx, options.entity))
  const file = await uploads.openHead(actor, source, options)
  const analysis = await analyseFile(file, options.entity, customFields, options)
  const proposed = proposeMapping(options.entity, analysis.guessed, analysis.profiles, analysis.columns)
  const mapping = options.mapping === undefined ? proposed.mapping : chooseMapping(options.entity, options.mapping, analysis.guessed, analysis.columns)
  const mapped = new Set(Object.values(mapping).filter((column) => column !== null))
  const types = new Map(analysis.columns.map(({ key, type }) => [key, type]))
  return {
    entity: options.entity,
    format: analysis.shape.format,
    delimiter: analysis.shape.format === 'csv' ? analysis.shape.delimiter : null,
    encoding: analysis.shape.encoding,
    sheet: analysis.sheet ?? null,
    sheets: analysis.sheets,
    notes: [misnamed(analysis.shape.format, options.fileName) ?? []].flat(),
    headings: analysis.headings,
    mapping,
    confidence: proposed.confidence,
    columns: analysis.columns.map(({ key, label, required }) => ({ key, label, required })),
    problem: missingColumns(options.entity, mapped, analysis.headings) ?? null,
    sample: analysis.sample.map(({ cells }) =>
      Object.fromEntries(analysis.headings.map((heading, index) => [heading, (cells[index] ?? '').slice(0, maxSampleLength)])),
    ),
    rows: analysis.rows,
    complete: file.complete,
    ambiguities: ambiguitiesOf(
      mapping,
      (column) => types.get(column),
      (heading) => analysis.profiles[analysis.headings.indexOf(heading)],
      options.dateOrder,
    ),
  }
}
