import type { CustomFieldDefinition, EntityName } from '#contracts/entities.ts'
import type { DateOrder, ImportMapping, ImportPreview } from '#contracts/import.ts'
import { addToProfile, type ColumnProfile, dateOrderOf, emptyProfile, maxDistinct } from './cell-patterns.ts'
import type { ColumnReading } from './cell-values.ts'
import { decode, detectEncoding, type Encoding } from './encoding.ts'
import { type Delimiter, detectFormat, guessDelimiter, refuseGarbage, refuseGarbageText } from './file-shape.ts'
import { tableOriginOf } from './formats/table-file.ts'
import { type GuessedMapping, guessMapping } from './guess-mapping.ts'
import { type FileRow, type FileShape, readRows } from './read-rows.ts'
import type { SpooledFile } from './spool.ts'
import { type TargetColumn, targetColumns } from './target-columns.ts'

export interface ReadingOptions {
  encoding?: Encoding | undefined
  delimiter?: Delimiter | undefined
  dateOrder?: DateOrder | undefined
  /** Of a workbook; its first with rows when left out. */
  sheet?: string | undefined
  fileName?: string | undefined
  contentType?: string | undefined
}

/** What the first megabyte of a file tells. */
export interface FileAnalysis {
  shape: FileShape
  headings: string[]
  profiles: ColumnProfile[]
  columns: TargetColumn[]
  guessed: GuessedMapping
  sample: FileRow[]
  rows: number
  /** Of a workbook: the sheet that is read, and all there are. */
  sheet: string | undefined
  sheets: string[]
}

const sampleRows = 10

/** @throws AppError VALIDATION when the file is no table of records */
export async function analyseFile(
  file: SpooledFile,
  entity: EntityName,
  customFields: readonly CustomFieldDefinition[],
  options: ReadingOptions,
): Promise<FileAnalysis> {
  const origin = tableOriginOf(file.head)
  const shape: FileShape = origin === undefined ? await textShape(file.head, options) : { format: origin.format, encoding: 'utf-8', delimiter: ',' }
  const profiles: ColumnProfile[] = []
  const sample: FileRow[] = []
  let rows = 0
  const reader = readRows(once(file.head), shape, 1000)
  for await (const batch of reader.batches) {
    for (const row of batch) {
      // The head may end in the middle of a row; that row is no example.
      if (row.problem !== undefined) continue
      rows++
      if (sample.length < sampleRows) sample.push(row)
      row.cells.forEach((cell, index) => {
        profiles[index] ??= emptyProfile()
        addToProfile(profiles[index], cell)
      })
    }
  }
  const { headings } = reader
  for (let index = 0; index < headings.length; index++) profiles[index] ??= emptyProfile()
  for (const profile of profiles) profile.semicolonFile = isSemicolonFile(shape)
  const columns = targetColumns(entity, customFields)
  return {
    shape,
    headings,
    profiles,
    columns,
    guessed: guessMapping(entity, headings, profiles, columns),
    sample,
    rows,
    sheet: origin?.sheet,
    sheets: origin?.sheets ?? [],
  }
}

async function textShape(head: Buffer, options: ReadingOptions): Promise<FileShape> {
  if (options.encoding === undefined) refuseGarbage(head)
  const encoding = options.encoding ?? detectEncoding(head)
  let text = ''
  for await (const part of decode(once(head), { encoding, damaged: false })) text += part
  refuseGarbageText(text)
  const format = detectFormat(text)
  return { format, encoding, delimiter: options.delimiter ?? (format === 'csv' ? guessDelimiter(text) : ',') }
}

const maxCounted = 5 * maxDistinct

/** Adds cells to a profile: those of a column that repeats a few are looked at once, and counted. */
export function createCellCounter(profile: ColumnProfile) {
  const counts = new Map<string, number>()
  let isVaried = false
  const finish = () => {
    for (const [cell, times] of counts) addToProfile(profile, cell, times)
    counts.clear()
  }
  return {
    add(cell: string): void {
      if (cell === '') return
      if (isVaried) {
        addToProfile(profile, cell)
        return
      }
      counts.set(cell, (counts.get(cell) ?? 0) + 1)
      if (counts.size < maxCounted) return
      finish()
      isVaried = true
    },
    finish,
  }
}

/** Profiles of the named headings over the whole file, for decisions that one odd value far down would change. */
export async function profileWholeFile(file: SpooledFile, shape: FileShape, wanted: ReadonlySet<string>): Promise<Map<string, ColumnProfile>> {
  const profiles = new Map([...wanted].map((heading) => [heading, { ...emptyProfile(), semicolonFile: isSemicolonFile(shape) }]))
  const counters = new Map([...profiles].map(([heading, profile]) => [heading, createCellCounter(profile)]))
  const reader = readRows(file.read(), shape, 2000)
  for await (const batch of reader.batches) {
    const positions = reader.headings.flatMap((heading, index) => {
      const counter = counters.get(heading)
      return counter === undefined ? [] : [{ index, counter }]
    })
    for (const row of batch) for (const { index, counter } of positions) counter.add(row.cells[index] ?? '')
  }
  for (const counter of counters.values()) counter.finish()
  return profiles
}

const isSemicolonFile = ({ format, delimiter }: FileShape): boolean => format === 'csv' && delimiter === ';'

export function readingOf(profile: ColumnProfile, dateOrder: DateOrder | undefined): ColumnReading {
  const found = dateOrderOf(profile)
  return {
    dateOrder: found === 'dmy' || found === 'mdy' ? found : dateOrder,
    decimalComma: (profile.commaDecimals > 0 || (profile.semicolonFile && profile.pointGroups > 0)) && profile.pointDecimals === 0,
  }
}

/** Date columns whose day and month cannot be told apart, as questions to a person. */
export function ambiguitiesOf(
  mapping: ImportMapping,
  typeOf: (column: string) => string | undefined,
  profileOf: (heading: string) => ColumnProfile | undefined,
  dateOrder: DateOrder | undefined,
): ImportPreview['ambiguities'] {
  return Object.entries(mapping).flatMap(([heading, column]) => {
    const profile = column === null ? undefined : profileOf(heading)
    if (column === null || profile === undefined) return []
    const type = typeOf(column)
    if (type !== undefined && type !== 'date' && type !== 'datetime') return []
    if (type === undefined && profile.slashDates + profile.dates !== profile.filled) return []
    const order = dateOrderOf(profile)
    if (order === undefined || order === 'dmy' || order === 'mdy' || dateOrder !== undefined) return []
    const example = [...profile.distinct.keys()].find((value) => value.includes('/') || value.includes('-')) ?? ''
    const message =
      order === 'mixed'
        ? `"${heading}" mixes dates with the day first and with the month first; say which the others follow.`
        : `"${heading}" has dates like ${example}, which do not tell whether the day or the month comes first.`
    return [
      {
        heading,
        kind: 'dateOrder' as const,
        message,
        options: [
          { value: 'dmy', label: 'Day first (31/12/2025)' },
          { value: 'mdy', label: 'Month first (12/31/2025)' },
        ],
      },
    ]
  })
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}
