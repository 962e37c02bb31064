import { AppError } from '#backend/kernel/errors.ts'
import type { CustomFieldDefinition, EntityName } from '#contracts/entities.ts'
import type { DateOrder, ImportMapping } from '#contracts/import.ts'
import { ambiguitiesOf, analyseFile, profileWholeFile, type ReadingOptions, readingOf } from './analyse-file.ts'
import { type ColumnProfile, dateOrderOf, emptyProfile } from './cell-patterns.ts'
import { inferCustomType } from './custom-types.ts'
import { chooseMapping } from './guess-mapping.ts'
import type { FileShape } from './read-rows.ts'
import type { MappedColumn } from './row-converter.ts'
import type { SpooledFile } from './spool.ts'
import { missingColumns } from './target-columns.ts'

export interface PlanOptions extends ReadingOptions {
  entity: EntityName
  mapping?: ImportMapping | undefined
}

/** Everything decided before the first row is written. */
export interface ImportPlan {
  shape: FileShape
  mapping: ImportMapping
  ignored: string[]
  columns: MappedColumn[]
  /** Custom fields that the file needs and the workspace lacks. */
  newFields: CustomFieldDefinition[]
}

/** @throws AppError VALIDATION when the file is no table, lacks a required column, or holds dates that can be read two ways */
export async function planImport(file: SpooledFile, customFields: readonly CustomFieldDefinition[], options: PlanOptions): Promise<ImportPlan> {
  const { entity } = options
  const { shape, headings, profiles, columns, guessed } = await analyseFile(file, entity, customFields, options)
  const mapping = chooseMapping(entity, options.mapping, guessed, columns)
  const mapped = new Set(Object.values(mapping).filter((column) => column !== null))
  const missing = missingColumns(entity, mapped, headings)
  if (missing !== undefined)
    throw new AppError('VALIDATION', missing, { details: headings.slice(0, 50).map((heading) => ({ field: heading, message: 'is a heading of the file' })) })

  const types = new Map(columns.map(({ key, type }) => [key, type]))
  const byHeading = new Map(headings.map((heading, index) => [heading, profiles[index] ?? emptyProfile()]))
  if (!file.complete) {
    const undecided = headings.filter((heading) => {
      const column = mapping[heading]
      return column != null && (!types.has(column) || needsWholeColumn(byHeading.get(heading)))
    })
    if (undecided.length > 0) for (const [heading, profile] of await profileWholeFile(file, shape, new Set(undecided))) byHeading.set(heading, profile)
  }
  refuseAmbiguousDates(mapping, types, byHeading, options.dateOrder)
  const newFields: CustomFieldDefinition[] = []
  const chosen: MappedColumn[] = []
  for (const heading of headings) {
    const column = mapping[heading]
    if (column == null) continue
    const profile = byHeading.get(heading) ?? emptyProfile()
    let type = types.get(column)
    if (type === undefined) {
      type = inferCustomType(profile)
      newFields.push({ entity, key: column.slice('custom.'.length), label: labelOf(heading, column), type, choices: [] })
    }
    chosen.push({ heading, column, type, reading: readingOf(profile, options.dateOrder) })
  }
  return { shape, mapping, ignored: headings.filter((heading) => mapping[heading] == null), columns: chosen, newFields }
}

/** Dates with slashes in the first megabyte, all with days up to 12; or amounts whose separators say nothing yet. */
function needsWholeColumn(profile: ColumnProfile | undefined): boolean {
  return profile !== undefined && dateOrderOf(profile) === 'ambiguous'
}

function refuseAmbiguousDates(
  mapping: ImportMapping,
  types: ReadonlyMap<string, string>,
  profiles: ReadonlyMap<string, ColumnProfile>,
  dateOrder: DateOrder | undefined,
): void {
  const questions = ambiguitiesOf(
    mapping,
    (column) => types.get(column),
    (heading) => profiles.get(heading),
    dateOrder,
  )
  const [first] = questions
  if (first === undefined) return
  throw new AppError('VALIDATION', `${first.message} Say which with dateOrder=dmy or dateOrder=mdy; nothing was imported.`, {
    details: questions.map(({ heading, message }) => ({ field: heading, message })),
  })
}

/** "custom.product_interest" is shown as "Product interest", any other heading as it is written. */
function labelOf(heading: string, column: string): string {
  const text = heading.startsWith('custom.') ? column.slice('custom.'.length) : heading
  const words = /[\s A-Z]/.test(text) ? text : text.replace(/_+/g, ' ')
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`.slice(0, 100)
}
