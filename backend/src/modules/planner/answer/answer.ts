import type { KnownNames, PhraseBook } from '#backend/modules/planner/phrases/phrase-book.ts'
import type { Frame } from '#backend/modules/planner/plan/frame.ts'
import type { PlannerOutcome, PlannerTurn } from '#backend/modules/planner/planner.types.ts'
import type { Citation, MessagePart } from '#contracts/chat.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { QueryResult, Row, TypedQueryInput } from '#contracts/query.ts'
import { type AnswerInput, type Body, labelOf } from './body.ts'
import { forecastAnswer, meanAnswer, ratioAnswer } from './derived.ts'
import { figureAnswer, pipelineAnswer, shareAnswer } from './figures.ts'
import { groupsAnswer } from './groups.ts'
import { movementAnswer } from './movements.ts'
import { listAnswer, lookupAnswer } from './records.ts'

const mostCitations = 20

/** An answer with what a follow-up needs of it. */
export type RenderedAnswer = Omit<PlannerOutcome, 'memory'> & { memory: PlannerTurn }

/** Renders the rows of a frame's query as an answer. */
export function renderAnswer(
  frame: Frame,
  query: TypedQueryInput,
  result: QueryResult,
  timeZone: string,
  confidence: number,
  known: KnownNames,
  phrases: PhraseBook,
): RenderedAnswer {
  result = { ...result, columns: phrases.columns(query, result.columns, known), explanation: phrases.explanation(query, result.explanation, known) }
  const format = phrases.format(timeZone)
  const input: AnswerInput = { frame, query, result, format, phrases }
  const body = bodyOf(input)
  // A conversation may hold sentences from before notes were data.
  const notes = [...new Set(frame.assumptions.map((note) => (typeof note === 'string' ? note : phrases.note(note))))]
  const text = [notes.length > 0 && !/[.!?…]$/.test(body.text) ? `${body.text}.` : body.text, ...notes].join(' ')
  const title = result.explanation.slice(0, 300)
  const parts: MessagePart[] = [
    { type: 'text', text },
    ...body.parts,
    { type: 'data-plan', data: { ...query, title } as Extract<MessagePart, { type: 'data-plan' }>['data'] },
  ]
  const isRecords = frame.kind === 'list' || frame.kind === 'lookup'
  const memory: PlannerTurn = {
    frame,
    shown: {
      entity: frame.entity,
      ids: isRecords ? result.rows.slice(0, 50).map((row) => String(row.id)) : [],
      ...(isRecords && result.rows.length === 1 ? { label: labelOf(frame, result.rows[0] as Row) } : {}),
    },
    matched: result.total,
  }
  const best = rankedOf(frame, result.rows)
  if (best !== undefined) memory.shown = best
  const person = result.rows.length === 1 ? personOf(frame, result.rows[0] as Row) : undefined
  if (person !== undefined) memory.shown.person = person
  return {
    kind: 'answer',
    confidence,
    text,
    parts,
    citations: isRecords ? result.rows.slice(0, mostCitations).map((row) => citation(frame, row)) : groupCitations(frame, result),
    coverage: coverageOf(frame, result),
    memory,
    plan: query,
  }
}

const ranked = new Set<EntityName>(['products', 'organisations', 'contacts'])
/** So many groups are spoken of as "they", where all are shown. */
const mostGroups = 50

/** The products, organisations or contacts that groups are of, or several people, so that "who bought them" means those. */
function rankedOf({ kind, groupBy, entity, limit }: Frame, rows: readonly Row[]): PlannerTurn['shown'] | undefined {
  const [group] = groupBy
  if (kind !== 'groups' || groupBy.length !== 1 || group === undefined || rows.length === 0) return undefined
  const of = entities[entity].fields[group.field]?.entity
  const key = `${group.field}_id`
  const all = limit === undefined ? rows.filter((row) => row[key] !== null) : rows
  const ids = [...new Set(all.map((row) => row[key]))]
  const several = ids.length > 1 && ids.length <= mostGroups
  if (of === undefined || !(ranked.has(of) || (of === 'users' && several)) || (limit === undefined && !several)) return undefined
  const label = rows[0]?.[group.field]
  if (!ids.every((id) => typeof id === 'string')) return undefined
  return { entity: of, ids, ...(ids.length === 1 && typeof label === 'string' ? { label } : {}) }
}

/** The owner or author that an answer about one record tells, whom "he" and "her" then mean. */
function personOf(frame: Frame, row: Row): { id: string; name: string } | undefined {
  for (const field of ['owner', 'author']) {
    const [id, name] = [row[`${field}_id`], row[field]]
    const told = frame.fields.includes(field) || (frame.kind === 'groups' && frame.groupBy.length === 1 && frame.groupBy[0]?.field === field)
    if (told && typeof id === 'string' && typeof name === 'string') return { id, name }
  }
  return undefined
}

function bodyOf(input: AnswerInput): Body {
  switch (input.frame.derive) {
    case 'compare':
    case 'change':
    case 'running':
      return movementAnswer(input)
    case 'mean':
      return meanAnswer(input)
    case 'ratio':
      return ratioAnswer(input)
    case 'forecast':
      return forecastAnswer(input)
  }
  switch (input.frame.kind) {
    case 'figure':
      return figureAnswer(input)
    case 'groups':
      return groupsAnswer(input)
    case 'share':
      return shareAnswer(input)
    case 'pipeline':
      return pipelineAnswer(input)
    case 'lookup':
      return lookupAnswer(input)
    case 'list':
      return listAnswer(input)
  }
}

function coverageOf(frame: Frame, result: QueryResult): PlannerOutcome['coverage'] {
  // A figure shows all the records it is made of.
  const all = frame.kind === 'figure' && frame.groupBy.length === 0 ? (result.records ?? result.total) : undefined
  return { matched: all ?? result.total, shown: all ?? result.rows.length, asOf: result.asOf }
}

function citation(frame: Frame, row: Row): Citation {
  const entity = entities[frame.entity]
  return { entity: entity.singular, id: String(row.id), label: labelOf(frame, row), url: `/crm/${entity.name}/${String(row.id)}` }
}

/** Groups by a record name that record. */
function groupCitations(frame: Frame, result: QueryResult): Citation[] {
  const [group] = frame.groupBy
  const field = group === undefined ? undefined : entities[frame.entity].fields[group.field]
  if (group === undefined || field?.entity === undefined) return []
  const target = entities[field.entity]
  const idColumn = field.column ?? `${group.field}_id`
  return result.rows.slice(0, mostCitations).flatMap((row) => {
    const id = row[idColumn] ?? row[`${group.field}_id`]
    return typeof id === 'string' ? [{ entity: target.singular, id, label: String(row[group.field] ?? ''), url: `/crm/${target.name}/${id}` }] : []
  })
}
