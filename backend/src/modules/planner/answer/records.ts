import { entities } from '#contracts/entities.ts'
import type { Column, Row } from '#contracts/query.ts'
import { type AnswerInput, type Body, labelOf } from './body.ts'
import { sentenceList } from './format.ts'
import { rankWords, shortTitle, sortLabel, subject } from './titles.ts'

/** Names said in the text of a short list. */
const namedAtMost = 5

function noun(entity: AnswerInput['frame']['entity'], count: number): string {
  const definition = entities[entity]
  return (count === 1 ? definition.label : definition.labelPlural).toLowerCase()
}

function table(input: AnswerInput, title: string): Body['parts'][number] {
  const { result } = input
  return { type: 'data-table', data: { title, columns: result.columns, rows: result.rows, total: result.total } }
}

export function listAnswer(input: AnswerInput): Body {
  const { frame, result, format } = input
  const { rows, total } = result
  const title = titleOf(input)
  const yes = frame.whether === true ? 'Yes: ' : ''
  if (total === 0) return { text: `I found no ${noun(frame.entity, 2)} for that. I looked for: ${result.explanation}`, parts: [] }
  const names = rows.slice(0, namedAtMost).map((row) => named(input, row))
  const ranked = frame.sort.length > 0 && frame.limit !== undefined
  const by = sortLabel(input)
  let text: string
  if (ranked && frame.limit === 1)
    text = rows.length === 1 ? `${names[0]}.` : `${sentenceList(names)}${rows.length > names.length ? ` and ${rows.length - names.length} more` : ''}, equally.`
  else if (ranked)
    text = `${rankWords(input)} ${subject(frame, total)}${by === undefined ? '' : ` by ${by}`}: ${sentenceList(names)}${rows.length > names.length ? ` and ${rows.length - names.length} more` : ''}.`
  else if (total <= namedAtMost)
    text = `${yes}${format.number(total)} ${noun(frame.entity, total)}: ${frame.fields.length > 0 ? rows.map((row) => `${labelOf(frame, row)} (${fieldsInWords(input, row)})`).join('; ') : sentenceList(names)}.`
  else
    text = `${yes}${format.number(total)} ${noun(frame.entity, total)}${by === undefined ? '' : `, by ${by}`}${rows.length < total ? `, ${rows.length} of ${format.number(total)} shown` : ''}.`
  if (frame.offset !== undefined && frame.offset > 0)
    text = `${format.number(frame.offset + 1)} to ${format.number(frame.offset + rows.length)} of ${format.number(total)} ${noun(frame.entity, total)}.`
  return { text, parts: [table(input, title)] }
}

function titleOf(input: AnswerInput): string {
  const { frame } = input
  const by = sortLabel(input)
  const ranked = frame.limit !== undefined && frame.limit > 1 && by !== undefined
  return shortTitle(input, ranked ? `${rankWords(input).replace(/ of .*/, '')} ${subject(frame, 2)} by ${by}` : subject(frame, 2))
}

/** A record with the figure it was ranked by. */
function named(input: AnswerInput, row: Row): string {
  const { frame, result, format } = input
  const label = labelOf(frame, row)
  const by = frame.sort[0]?.by
  const column = by === undefined ? undefined : result.columns.find((one) => one.key === by)
  const value = column === undefined ? undefined : row[column.key]
  if (column === undefined || value === null || value === undefined || column.key === entities[frame.entity].labelField) return label
  return `${label} (${format.cell(value, column, row)})`
}

export function lookupAnswer(input: AnswerInput): Body {
  const { frame, result } = input
  const [row] = result.rows
  if (row === undefined) return { text: `I found no ${noun(frame.entity, 1)} for that. I looked for: ${result.explanation}`, parts: [] }
  if (result.rows.length > 1 && frame.limit !== 1 && frame.fields.length === 0) return listAnswer(input)
  if (result.rows.length > 1 && frame.limit !== 1) {
    const lines = result.rows.slice(0, namedAtMost).map((one) => `${labelOf(frame, one)}: ${fieldsInWords(input, one)}`)
    return {
      text: `${result.rows.length} ${noun(frame.entity, result.rows.length)} fit. ${lines.join('; ')}.`,
      parts: [table(input, entities[frame.entity].labelPlural)],
    }
  }
  const label = labelOf(frame, row)
  const known = frame.fields.some((field) => !isEmpty(row[field]))
  const answer = frame.whether !== true ? '' : frame.fields.length === 0 || known ? 'Yes. ' : 'No. '
  const text = `${answer}${frame.fields.length === 0 ? summary(input, row) : `${label}: ${fieldsInWords(input, row)}.`}`
  return { text, parts: [table(input, label)] }
}

function fieldsInWords({ frame, result, format }: AnswerInput, row: Row): string {
  const columns = frame.fields.map((field) => result.columns.find((column) => column.key === field)).filter((column): column is Column => column !== undefined)
  const filled = columns.filter((column) => !isEmpty(row[column.key]))
  // An empty mobile beside a known phone is not worth a word.
  const said = filled.length > 0 ? filled : columns.slice(0, 1)
  return said
    .map((column) =>
      isEmpty(row[column.key]) ? `no ${column.label.toLowerCase()} is recorded` : `${lower(column.label)} ${format.cell(row[column.key], column, row)}`,
    )
    .join(', ')
}

function lower(label: string): string {
  return /^[A-Z]{2,}/.test(label) ? label : label.toLowerCase()
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

function summary(input: AnswerInput, row: Row): string {
  const { frame, result, format } = input
  const label = labelOf(frame, row)
  const facts = result.columns
    .filter(
      (column) =>
        column.type !== 'id' &&
        column.key !== 'currency' &&
        column.key !== entities[frame.entity].labelField &&
        !column.key.endsWith('_id') &&
        !isEmpty(row[column.key]) &&
        column.type !== 'longText',
    )
    .slice(0, 6)
    .map((column) => `${lower(column.label)} ${format.cell(row[column.key], column, row)}`)
  return `${label} (${noun(frame.entity, 1)})${facts.length > 0 ? `: ${facts.join(', ')}` : ''}.`
}
