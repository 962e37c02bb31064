import { isUuid } from '#backend/kernel/ids.ts'
import type { EntityName, FieldType } from '#contracts/entities.ts'
import type { ParsedRecord } from '../records/parse-record.ts'
import { type ColumnReading, normaliseCell, withoutFormulaGuard } from './cell-values.ts'
import { normaliseHeading } from './heading-words.ts'
import type { FileRow } from './read-rows.ts'
import { adaptWords } from './system-words.ts'
import { fullNameColumn, idColumn } from './target-columns.ts'

/** A row under the entity's column names; empty cells are absent, so that they leave a record's value alone. */
export interface RawRow {
  row: number
  /** The record's own id, when the file carries one. */
  id: string | undefined
  raw: Record<string, string>
  problem: string | undefined
  /** What the cells mean, where that was worked out ahead. */
  parsed?: ParsedRecord | undefined
}

export interface MappedColumn {
  heading: string
  column: string
  type: FieldType
  reading: ColumnReading
}

/** Words other programs use for a closed choice's values, normalised. */
const choiceSynonyms: Partial<Record<EntityName, Readonly<Record<string, Readonly<Record<string, string>>>>>> = {
  emails: {
    direction: {
      inbox: 'inbound',
      incoming: 'inbound',
      in: 'inbound',
      received: 'inbound',
      outbox: 'outbound',
      sent: 'outbound',
      sentitems: 'outbound',
      outgoing: 'outbound',
      out: 'outbound',
    },
  },
  opportunities: {
    state: {
      closedwon: 'won',
      closedlost: 'lost',
      win: 'won',
      loss: 'lost',
      active: 'open',
      inprogress: 'open',
      onhold: 'suspended',
      cancelled: 'abandoned',
      canceled: 'abandoned',
    },
  },
}

/** Turns rows of cells into raw records. */
export function createRowConverter(
  entity: EntityName,
  columns: readonly MappedColumn[],
  isCsv: boolean,
): (row: FileRow, headings: readonly string[]) => RawRow {
  // JSON names new columns as it goes on, so a heading's place is looked for until it is known.
  const places = columns.map((mappedColumn) => ({ ...mappedColumn, position: -1, synonyms: choiceSynonyms[entity]?.[mappedColumn.column] }))
  const mapped = new Set(columns.map(({ column }) => column))
  const hasFullNames = (entity === 'contacts' || entity === 'leads') && mapped.has(fullNameColumn)
  return ({ row, cells, problem }, headings) => {
    const raw: Record<string, string> = {}
    if (problem !== undefined) return { row, id: undefined, raw, problem }
    for (const place of places) {
      if (place.position < 0) place.position = headings.indexOf(place.heading)
      const cell = cells[place.position]
      if (cell === undefined || cell === '' || cell.trim() === '') continue
      const { column, type, synonyms } = place
      const value = normaliseCell(type, isCsv ? withoutFormulaGuard(cell) : cell, place.reading)
      raw[column] = synonyms?.[normaliseHeading(value)] ?? (type === 'list' ? asList(value) : value)
    }
    let id: string | undefined
    if (mapped.has(idColumn)) {
      id = isUuid(raw[idColumn]) ? raw[idColumn]?.toLowerCase() : undefined
      delete raw[idColumn]
    }
    if (hasFullNames) divideName(raw)
    adaptWords(entity, raw, mapped)
    return { row, id, raw, problem: undefined }
  }
}

/** "a@x.com, b@x.com" is a list of two addresses. */
function asList(value: string): string {
  if (value.includes(';') || !value.includes(',')) return value
  const parts = value.split(',')
  return parts.every((part) => part.includes('@')) ? parts.join(';') : value
}

/** "Jackson, Taylor" and "Taylor Jackson" are the same person; the last word is the last name unless a comma says otherwise. */
function divideName(raw: Record<string, string>): void {
  const full = raw[fullNameColumn]
  delete raw[fullNameColumn]
  if (full === undefined || raw.first_name !== undefined || raw.last_name !== undefined) return
  const comma = /^([^,]+),\s*([^,]+)$/.exec(full)
  const words = full.trim().split(/\s+/)
  const [first, last] = comma !== null ? [comma[2], comma[1]] : [words.slice(0, -1).join(' '), words.at(-1)]
  if (first !== undefined && first.trim() !== '') raw.first_name = first.trim()
  if (last !== undefined && last.trim() !== '') raw.last_name = last.trim()
}
