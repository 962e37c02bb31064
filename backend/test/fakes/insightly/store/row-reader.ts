import { readDate } from '../dates.ts'
import { isExactNumber, isRow, type Row, type Value } from '../json.ts'
import type { RowReader } from './collection.ts'

/** How `/Search` sees a record: the text of a standard field, of a custom field by its name, and of each tag. */
export const rowReader: RowReader = {
  texts(row, field) {
    if (field === 'TAGS') return listOf(row.TAGS).map((tag) => textOf(tag.TAG_NAME ?? null) ?? '')
    const value = field in row ? row[field] : listOf(row.CUSTOMFIELDS).find((one) => one.FIELD_NAME === field)?.FIELD_VALUE
    const text = textOf(value ?? null)
    return text === undefined ? [] : [text]
  },
  updatedAt(row) {
    const text = row.DATE_UPDATED_UTC ?? row.DATE_CREATED_UTC
    return (typeof text === 'string' ? readDate(text) : undefined) ?? 0
  },
}

/** The rows of a field that holds several. */
export function listOf(value: Value | undefined): readonly Row[] {
  return Array.isArray(value) ? value.filter(isRow) : []
}

function textOf(value: Value): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return isExactNumber(value) ? value.rawJSON : undefined
}
