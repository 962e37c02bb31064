import type { Frame } from '#backend/modules/planner/plan/frame.ts'
import type { PlannerOutcome, PlannerTurn } from '#backend/modules/planner/planner.types.ts'
import type { Citation, MessagePart } from '#contracts/chat.ts'
import { entities } from '#contracts/entities.ts'
import type { QueryResult, Row, TypedQueryInput } from '#contracts/query.ts'
import { type AnswerInput, type Body, labelOf } from './body.ts'
import { forecastAnswer, meanAnswer, movementAnswer, ratioAnswer } from './derived.ts'
import { figureAnswer, groupsAnswer, pipelineAnswer, shareAnswer } from './figures.ts'
import { createFormatter } from './format.ts'
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
  names: ReadonlyMap<string, string>,
): RenderedAnswer {
  result = { ...result, explanation: withNames(result.explanation, names) }
  const format = createFormatter(timeZone)
  const input: AnswerInput = { frame, query, result, format }
  const body = bodyOf(input)
  const notes = [...new Set(frame.assumptions)]
  const text = [body.text, ...notes].join(' ')
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
  const person = isRecords && result.rows.length === 1 ? personOf(frame, result.rows[0] as Row) : undefined
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

/** The owner or author that an answer about one record tells, whom "he" and "her" then mean. */
function personOf(frame: Frame, row: Row): { id: string; name: string } | undefined {
  for (const field of ['owner', 'author']) {
    const [id, name] = [row[`${field}_id`], row[field]]
    if (frame.fields.includes(field) && typeof id === 'string' && typeof name === 'string') return { id, name }
  }
  return undefined
}

/** The query in words with the names of its records in place of their ids. */
function withNames(explanation: string, names: ReadonlyMap<string, string>): string {
  return explanation
    .replace(/(?:record )?([0-9a-f]{8}-[0-9a-f-]{27})/g, (all, id: string) => names.get(id) ?? all)
    .replace(/(?:any of |one of )?record [0-9a-f]{8}-[0-9a-f-]{27}(?:(?:, | or | and )record [0-9a-f]{8}-[0-9a-f-]{27})*/g, 'one of those shown before')
    .replace(/\bid is (?=\S)/g, 'it is ')
    .replace(/, \d+ at most$/, '')
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
  return { matched: result.total, shown: frame.kind === 'figure' && frame.groupBy.length === 0 ? result.total : result.rows.length, asOf: result.asOf }
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
