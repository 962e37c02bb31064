import type { Transaction } from '#backend/infra/database/database.ts'
import { runQuery } from '#backend/modules/crm/index.ts'
import { phraseBook } from '#backend/modules/planner/phrases/phrases.ts'
import type { Frame } from '#backend/modules/planner/plan/frame.ts'
import type { PlannerContext, PlannerOutcome } from '#backend/modules/planner/planner.types.ts'
import { entities } from '#contracts/entities.ts'
import type { Column, Filter } from '#contracts/query.ts'
import { isEmpty } from './records.ts'

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
  const { records, nouns, format: formatIn } = phraseBook(context.language)
  const { entity } = frame
  const named = frame.constraints.find(({ slot, record }) => slot === 'record' && record !== undefined)
  if (named?.record === undefined) return told(outcome, records.noBefore(outcome.text))
  const fields = testedFields(frame)
  const select = fields.length === 0 ? undefined : [entities[entity].labelField, ...fields]
  const query = { entity, filter: named.filter, ...(select === undefined ? {} : { select }) }
  const { rows, columns } = await runQuery(tx, query, { now: context.now, timeZone: context.timeZone })
  const [row] = rows
  if (row === undefined) return told(outcome, `${records.no}${outcome.text}`)
  const format = formatIn(context.timeZone)
  const said = fields.flatMap((field): string[] => {
    const column = columns.find((one): one is Column => one.key === field)
    if (column === undefined) return []
    const { key: path, label, type } = column
    const name = { entity, path, label }
    const value = row[field]
    if (isEmpty(value)) return [records.notRecorded(name)]
    return [records.fact(name, type === 'choice' ? nouns.value(entity, path, String(value)) : format.cell(value, column, row))]
  })
  return told(outcome, said.length === 0 ? `${records.no}${outcome.text}` : records.noBecause(named.record.label, said))
}

/** "Yes": nothing was found of which it does not hold. */
export function withoutException(outcome: PlannerOutcome, { language }: PlannerContext): PlannerOutcome {
  return told(outcome, phraseBook(language).records.everyOne)
}

function told(outcome: PlannerOutcome, text: string): PlannerOutcome {
  return { ...outcome, text, parts: outcome.parts.map((part) => (part.type === 'text' ? { ...part, text } : part)) }
}
