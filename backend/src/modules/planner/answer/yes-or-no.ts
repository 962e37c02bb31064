import type { Transaction } from '#backend/infra/database/database.ts'
import { runQuery } from '#backend/modules/crm/index.ts'
import type { Frame } from '#backend/modules/planner/plan/frame.ts'
import type { PlannerContext, PlannerOutcome } from '#backend/modules/planner/planner.types.ts'
import { entities } from '#contracts/entities.ts'
import type { Column, Filter } from '#contracts/query.ts'
import { createFormatter, sentenceList } from './format.ts'

/** Own fields that the conditions of a frame test. */
export function testedFields(frame: Frame): string[] {
  const fields = frame.constraints.flatMap(({ slot, filter }) => (slot.startsWith('record') ? [] : fieldsOf(filter)))
  return [...new Set(fields)].filter((field) => field !== 'id' && field !== 'currency' && !field.endsWith('_id')).slice(0, 4)
}

function fieldsOf(filter: Filter): string[] {
  if ('and' in filter) return filter.and.flatMap(fieldsOf)
  if ('or' in filter) return filter.or.flatMap(fieldsOf)
  if ('not' in filter) return fieldsOf(filter.not)
  return 'field' in filter ? [filter.field] : []
}

/** "No", and what is recorded instead: the record named, with the fields that were tested. */
export async function withReason(tx: Transaction, frame: Frame, outcome: PlannerOutcome, context: PlannerContext): Promise<PlannerOutcome> {
  const named = frame.constraints.find(({ slot, record }) => slot === 'record' && record !== undefined)
  if (named?.record === undefined) return told(outcome, `No: ${lowerFirst(outcome.text)}`)
  const fields = testedFields(frame)
  const select = fields.length === 0 ? undefined : [entities[frame.entity].labelField, ...fields]
  const query = { entity: frame.entity, filter: named.filter, ...(select === undefined ? {} : { select }) }
  const { rows, columns } = await runQuery(tx, query, { now: context.now, timeZone: context.timeZone })
  const [row] = rows
  if (row === undefined) return told(outcome, `No. ${outcome.text}`)
  const format = createFormatter(context.timeZone)
  const said = fields.flatMap((field): string[] => {
    const column = columns.find((one): one is Column => one.key === field)
    if (column === undefined) return []
    const value = row[field]
    const missing = value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
    return [missing ? `no ${column.label.toLowerCase()} is recorded` : `${column.label.toLowerCase()} ${format.cell(value, column, row)}`]
  })
  return told(outcome, said.length === 0 ? `No. ${outcome.text}` : `No. ${named.record.label}: ${sentenceList(said)}.`)
}

function told(outcome: PlannerOutcome, text: string): PlannerOutcome {
  return { ...outcome, text, parts: outcome.parts.map((part) => (part.type === 'text' ? { ...part, text } : part)) }
}

function lowerFirst(text: string): string {
  return /^I\b/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1)
}
