import type { EntityName, FieldType } from '#contracts/entities.ts'
import type { Column, Row } from '#contracts/query.ts'
import type { FieldInfo } from './field-paths.ts'

/** A result column and the database columns it is read from. */
export interface OutputColumn {
  column: Column
  /** Name in the statement. */
  name: string
  /** The id of the record a reference leads to: its key in the row and its name in the statement. */
  id?: { key: string; name: string }
  /** In the row, but not among the columns shown. */
  hidden?: boolean
}

const columnTypeByFieldType: Record<FieldType, Column['type']> = {
  id: 'id',
  text: 'text',
  longText: 'longText',
  email: 'email',
  phone: 'phone',
  integer: 'integer',
  number: 'number',
  money: 'money',
  currency: 'currency',
  date: 'date',
  datetime: 'datetime',
  boolean: 'boolean',
  choice: 'choice',
  multiChoice: 'list',
  tags: 'tags',
  list: 'list',
  reference: 'link',
}

export function fieldColumn(info: FieldInfo): Column {
  const column: Column = { key: info.path, label: info.label, type: columnTypeByFieldType[info.type] }
  if (info.type !== 'reference' || info.definition.display !== undefined) return info.type === 'reference' ? { ...column, type: 'email' } : column
  return { ...column, entity: info.definition.entity as EntityName, idKey: referenceIdKey(info) }
}

/** `owner_id` for `owner`, `stage.pipeline_id` for `stage.pipeline`. */
export function referenceIdKey(info: FieldInfo): string {
  return [...info.steps.map((step) => step.name), info.column].join('.')
}

/** A result row with the query's keys from one with the statement's names. */
export function toRow(outputs: readonly OutputColumn[], record: Record<string, unknown>): Row {
  const row: Row = {}
  for (const { column, name, id } of outputs) {
    row[column.key] = record[name] ?? null
    if (id !== undefined) row[id.key] = record[id.name] ?? null
  }
  return row
}
