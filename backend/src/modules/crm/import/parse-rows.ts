import { type CustomFieldDefinition, type EntityName, entities } from '#contracts/entities.ts'
import { type ParsedRecord, parseRecord } from '../records/parse-record.ts'
import { type QuickReader, quickReaderOf } from './quick-values.ts'

/** Values of one column that are remembered: most columns repeat a few. */
const maxRemembered = 2000

interface ColumnReader {
  /** Field name, or key of the custom field. */
  key: string
  isCustom: boolean
  quick: QuickReader | undefined
  /** What the careful way made of cells; undefined when the column repeats too little to be worth it. */
  remembered: Map<string, ParsedRecord> | undefined
}

interface RowParserOptions {
  customFields: readonly CustomFieldDefinition[]
  timeZone: string
}

/**
 * Checks and types rows as `parseRecord` does for a partial record, and faster: cells in the commonest spelling are read at once, and
 * what the careful way made of the others is remembered.
 */
export function createRowParser(entity: EntityName, options: RowParserOptions): (raw: Readonly<Record<string, string>>) => ParsedRecord {
  const careful = (raw: Readonly<Record<string, string>>) => parseRecord(entity, raw, { ...options, partial: true })
  // What a record is related to is read from two columns together.
  if (entities[entity].fields.related_type !== undefined) return careful
  const readers = new Map<string, ColumnReader>()
  return (raw) => {
    const parsed: ParsedRecord = { values: {}, errors: [] }
    for (const column in raw) {
      let reader = readers.get(column)
      if (reader === undefined) {
        reader = readerOf(entity, column, options)
        readers.set(column, reader)
      }
      readCell(parsed, reader, column, raw[column] as string, careful)
    }
    return parsed
  }
}

function readCell(
  { values, errors }: ParsedRecord,
  reader: ColumnReader,
  column: string,
  cell: string,
  careful: (raw: Readonly<Record<string, string>>) => ParsedRecord,
): void {
  const quick = reader.quick?.(cell)
  if (quick !== undefined) {
    if (reader.isCustom) {
      values.custom ??= {}
      values.custom[reader.key] = quick
    } else values[reader.key] = quick
    return
  }
  let read = reader.remembered?.get(cell)
  if (read === undefined) {
    read = careful({ [column]: cell })
    if (reader.remembered !== undefined && reader.remembered.size === maxRemembered) reader.remembered = undefined
    reader.remembered?.set(cell, read)
  }
  for (const error of read.errors) errors.push(error)
  for (const key in read.values) {
    if (key === 'custom') values.custom = { ...values.custom, ...read.values.custom }
    else values[key] = read.values[key]
  }
}

function readerOf(entity: EntityName, column: string, { customFields }: RowParserOptions): ColumnReader {
  const remembered = new Map<string, ParsedRecord>()
  if (column.startsWith('custom.')) {
    const key = column.slice('custom.'.length)
    const field = customFields.find((candidate) => candidate.entity === entity && candidate.key === key)
    return { key, isCustom: true, quick: field === undefined ? undefined : quickReaderOf(field.type, {}), remembered }
  }
  const { fields } = entities[entity]
  const field = Object.hasOwn(fields, column) ? fields[column] : undefined
  const quick = field === undefined || field.computed ? undefined : quickReaderOf(field.type, field)
  return { key: column, isCustom: false, quick, remembered }
}
