import { entities } from '#contracts/entities.ts'
import type { Column, Row } from '#contracts/query.ts'
import { type AnswerInput, type Body, fieldOf, labelOf, subjectOf, toldCell } from './body.ts'
import { rankingOf, shortTitle, sortField } from './titles.ts'

/** Names said in the text of a short list. */
const namedAtMost = 5
/** Facts said of a record that nothing particular was asked of. */
const factsAtMost = 6

function table(input: AnswerInput, title: string): Body['parts'][number] {
  const { result } = input
  return { type: 'data-table', data: { title, columns: result.columns, rows: result.rows, total: result.total } }
}

export function listAnswer(input: AnswerInput): Body {
  const { frame, result, phrases } = input
  if (result.total === 0) return { text: phrases.records.noneFound({ entity: frame.entity, one: false, explanation: result.explanation }), parts: [] }
  return { text: listText(input), parts: [table(input, titleOf(input))] }
}

function listText(input: AnswerInput): string {
  const { frame, result, phrases } = input
  const { entity, offset = 0, limit } = frame
  const { rows, total } = result
  const { records } = phrases
  if (offset > 0) return records.page({ entity, from: offset + 1, to: offset + rows.length, total })
  const names = rows.slice(0, namedAtMost).map((row) => named(input, row))
  const more = rows.length - names.length
  if (frame.sort.length > 0 && limit !== undefined) {
    if (limit === 1) return rows.length === 1 ? records.single(names[0] ?? '') : records.tied(names, Math.max(more, total - names.length))
    return records.ranked(rankingOf(input), names, more)
  }
  const yes = frame.whether === true && frame.exceptions !== true
  const no = frame.exceptions === true ? records.no : ''
  if (total > namedAtMost) return `${no}${records.many({ entity, total, shown: rows.length, yes, by: sortField(input) })}`
  const told = frame.fields.length > 0 ? rows.map((row) => `${labelOf(frame, row)} (${fieldsInWords(input, row)})`).join('; ') : phrases.list(names)
  return `${no}${records.few({ entity, total, yes, told })}`
}

function titleOf(input: AnswerInput): string {
  const { frame, phrases } = input
  const ranked = frame.limit !== undefined && frame.limit > 1 && sortField(input) !== undefined
  return shortTitle(input, ranked ? phrases.records.rankedTitle(rankingOf(input)) : phrases.nouns.subject(subjectOf(frame), 2))
}

/** A record with the figure it was ranked by. */
function named(input: AnswerInput, row: Row): string {
  const { frame, result } = input
  const label = labelOf(frame, row)
  const by = frame.sort[0]?.by
  const column = by === undefined ? undefined : result.columns.find((one) => one.key === by)
  const value = column === undefined ? undefined : row[column.key]
  if (column === undefined || value === null || value === undefined || column.key === entities[frame.entity].labelField) return label
  return `${label} (${toldCell(input, column, row)})`
}

export function lookupAnswer(input: AnswerInput): Body {
  const { frame, result, phrases } = input
  const { records, nouns } = phrases
  const { entity } = frame
  const [row] = result.rows
  if (row === undefined) return { text: records.noneFound({ entity, one: true, explanation: result.explanation }), parts: [] }
  if (result.rows.length > 1 && frame.limit !== 1 && frame.fields.length === 0) return listAnswer(input)
  if (result.rows.length > 1 && frame.limit !== 1) {
    const lines = result.rows.slice(0, namedAtMost).map((one) => `${labelOf(frame, one)}: ${fieldsInWords(input, one)}`)
    return { text: records.fitting(entity, result.rows.length, lines), parts: [table(input, nouns.heading(entity))] }
  }
  const label = labelOf(frame, row)
  const known = frame.fields.some((field) => !isEmpty(row[field]))
  const answer = frame.whether !== true ? '' : frame.fields.length === 0 || known ? records.yes : records.no
  const text = `${answer}${frame.fields.length === 0 ? summary(input, row) : records.known(label, fieldsInWords(input, row))}`
  return { text, parts: [table(input, label)] }
}

function fieldsInWords(input: AnswerInput, row: Row): string {
  const { frame, result, phrases } = input
  const columns = frame.fields.map((field) => result.columns.find((column) => column.key === field)).filter((column): column is Column => column !== undefined)
  const filled = columns.filter((column) => !isEmpty(row[column.key]))
  // An empty mobile beside a known phone is not worth a word.
  const said = filled.length > 0 ? filled : columns.slice(0, 1)
  return said
    .map((column) =>
      isEmpty(row[column.key])
        ? phrases.records.notRecorded(fieldOf(frame, column))
        : phrases.records.fact(fieldOf(frame, column), toldCell(input, column, row)),
    )
    .join(', ')
}

export function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

function summary(input: AnswerInput, row: Row): string {
  const { frame, result, phrases } = input
  const { entity } = frame
  const facts = result.columns
    .filter(
      (column) =>
        column.type !== 'id' &&
        column.key !== 'currency' &&
        column.key !== entities[entity].labelField &&
        !column.key.endsWith('_id') &&
        !isEmpty(row[column.key]) &&
        column.type !== 'longText',
    )
    .slice(0, factsAtMost)
    .map((column) => phrases.records.fact(fieldOf(frame, column), toldCell(input, column, row)))
  return phrases.records.summary({ label: labelOf(frame, row), entity, facts })
}
