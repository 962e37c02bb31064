import type { Transaction } from '#backend/infra/database/database.ts'
import { refuseNotShown, runQuery } from '#backend/modules/crm/index.ts'
import type { FieldMarks } from '#contracts/field-marks.ts'
import { maxQueryRows, type QueryResult, type TypedQueryInput } from '#contracts/query.ts'
import { renderAnswer } from './answer/answer.ts'
import { completeAnswer } from './answer/complete-answer.ts'
import { currencyNote } from './answer/currencies.ts'
import { withWeightedValue } from './answer/weighted.ts'
import type { Note } from './phrases/notes.ts'
import type { KnownNames, NamesById, PhraseBook } from './phrases/phrase-book.ts'
import { phraseBook } from './phrases/phrases.ts'
import { compileFrame, placeKey } from './plan/compile.ts'
import { confidenceOf } from './plan/dialogue/confidence.ts'
import { remember } from './plan/dialogue/memory.ts'
import type { Frame } from './plan/frame.ts'
import { expandFrame } from './plan/similar/expand-frame.ts'
import { keyOf } from './plan/sorting.ts'
import type { PlannerContext, PlannerOutcome, PlannerTurn } from './planner.types.ts'
import { loadWorld, namesWith } from './world/world.ts'

const mostTies = 50

export interface FrameAnswer {
  /** Names of the records and people in the plan, by id. */
  names?: NamesById
  confidence?: number
}

/**
 * Runs the query of a frame and renders its rows; what is remembered continues the answers before it.
 * @throws AppError when the database does not answer
 */
export async function answerFrame(
  tx: Transaction,
  question: string,
  asked: Frame,
  before: readonly PlannerTurn[],
  context: PlannerContext,
  { names, confidence = confidenceOf(0) }: FrameAnswer = {},
): Promise<PlannerOutcome> {
  const frame = await expandFrame(tx, withoutHiddenFields(asked, await tx.hidden()), context)
  const query = compileFrame(frame, context.currency, context.pageSize)
  if (query.limit !== undefined && query.limit > maxQueryRows) query.limit = maxQueryRows
  const found = await inTheirCurrency(tx, frame, query, await runWithTies(tx, query, context), context)
  const result = withoutPlaces(await withWeightedValue(tx, frame, query, found, context))
  const note = await currencyNote(tx, frame, query, context)
  const noted = note === undefined ? frame : { ...frame, assumptions: [...frame.assumptions, note] }
  const phrases = phraseBook(context.language)
  const known = await knownNames(tx, frame, names, phrases)
  const { memory, ...outcome } = renderAnswer(noted, query, result, context.timeZone, confidence, known, phrases)
  const told: PlannerOutcome = { ...outcome, memory: remember(before, { ...memory, question }, context.previous) }
  return completeAnswer(tx, frame, told, result.total, context)
}

/** Without the fields that were asked for and the actor does not see, which is said. @throws AppError where nothing is left to tell */
function withoutHiddenFields(frame: Frame, hidden: FieldMarks): Frame {
  if (hidden.isEmpty) return frame
  const missing = frame.fields.filter((field) => hidden.hides(frame.entity, field))
  if (missing.length === 0) return frame
  const fields = frame.fields.filter((field) => !missing.includes(field))
  // A yes or no is about all of them.
  if (fields.length === 0 || frame.whether === true) throw refuseNotShown(frame.entity, missing)
  const note: Note = { note: 'notShown', fields: missing.map((field) => `${frame.entity}.${field}`) }
  return { ...frame, fields, assumptions: [...frame.assumptions, note] }
}

/** What ids and a workspace's own fields are called; the latter stand in the result already when it is told in English. */
async function knownNames(tx: Transaction, frame: Frame, given: NamesById | undefined, { language }: PhraseBook): Promise<KnownNames> {
  const world = given === undefined || language !== 'en' ? await loadWorld(tx, { phrases: [], beginnings: [], words: [] }, language) : undefined
  const records = new Map<string, string>()
  for (const { record } of frame.constraints) if (record !== undefined && record.label !== '') records.set(record.id, record.label)
  const names = given === undefined ? namesWith(world ?? { users: [] }, records) : { get: (id: string) => records.get(id) ?? given.get(id) }
  return { names, customFields: world?.customFields ?? [] }
}

/** Where nothing is in the workspace's own currency, which nobody asked for, the amounts are told in those they have. */
async function inTheirCurrency(tx: Transaction, frame: Frame, query: TypedQueryInput, result: QueryResult, context: PlannerContext): Promise<QueryResult> {
  const presumed = query.currency !== undefined && query.currency === context.currency && frame.currency === undefined
  const key = frame.measures[0] === undefined ? '' : keyOf(frame.measures[0])
  const nothing = result.rows.every((row) => row[key] === null || row[key] === undefined || Number(row[key]) === 0)
  if (!presumed || !nothing || frame.derive !== undefined || (frame.kind !== 'figure' && frame.kind !== 'groups')) return result
  const { currency: _, ...other } = query
  const told = await runWithTies(tx, other, context)
  if (!told.rows.some((row) => Number(row[key] ?? 0) !== 0)) return result
  delete query.currency
  return told
}

/** Places within each currency tell nothing beside figures that are in one. */
function withoutPlaces(result: QueryResult): QueryResult {
  const currencies = new Set(result.rows.map(({ currency }) => currency))
  if (currencies.size > 1 || !result.columns.some(({ key }) => key === placeKey)) return result
  return {
    ...result,
    columns: result.columns.filter(({ key }) => key !== placeKey),
    rows: result.rows.map(({ [placeKey]: _, ...row }) => row),
  }
}

/** Runs the query; where one winner is asked for and several are equal, its limit grows to hold them all. */
async function runWithTies(tx: Transaction, query: TypedQueryInput, context: PlannerContext): Promise<QueryResult> {
  const at = { now: context.now, timeZone: context.timeZone }
  const [sort] = query.sort ?? []
  // Equal moments are chance; equal figures are a tie.
  if (query.limit !== 1 || sort === undefined || (query.groupBy === undefined && /_at$|_date$/.test(sort.by))) return runQuery(tx, query, at)
  const result = await runQuery(tx, { ...query, limit: mostTies }, at)
  const [first] = result.rows
  const tied = result.rows.filter(
    (row) => first !== undefined && row[sort.by] !== undefined && row[sort.by] === first[sort.by] && row.currency === first.currency,
  ).length
  query.limit = Math.max(1, tied)
  const rows = result.rows.slice(0, query.limit)
  if (query.groupBy !== undefined || first === undefined || tied < 2) return { ...result, rows }
  if (tied < mostTies || first.currency !== undefined) return { ...result, rows, total: tied }
  // More are equal than were looked at.
  const equal = { field: sort.by, op: 'eq' as const, value: first[sort.by] as string | number }
  const filter = query.filter === undefined ? equal : { and: [query.filter, equal] }
  const { total } = await runQuery(tx, { ...query, filter, limit: 1 }, at)
  return { ...result, rows, total }
}
