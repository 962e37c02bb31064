import type { FieldName } from '#backend/modules/planner/phrases/phrase-book.ts'
import type { Ranking } from '#backend/modules/planner/phrases/record-phrases.ts'
import type { Frame } from '#backend/modules/planner/plan/frame.ts'
import { entities } from '#contracts/entities.ts'
import type { TimeRange } from '#contracts/query.ts'
import { type AnswerInput, fieldOf, subjectOf } from './body.ts'

/** "Revenue by customer, this year – top 5". */
export function shortTitle({ frame, phrases }: AnswerInput, what: string): string {
  const range = periodOf(frame)
  const [sort] = frame.sort
  const top = frame.kind === 'groups' && frame.limit !== undefined && frame.limit > 1 ? sort : undefined
  return phrases.records.title({
    what,
    period: range === undefined ? undefined : phrases.times.range(range),
    top: top === undefined ? undefined : { direction: top.direction, count: frame.limit as number },
  })
}

/** The field a list is in the order of; not worth a word when it names the records. */
export function sortField({ frame, result }: AnswerInput): FieldName | undefined {
  const by = frame.sort[0]?.by
  const column = result.columns.find(({ key }) => key === by)
  return column === undefined || by === entities[frame.entity].labelField ? undefined : fieldOf(frame, column)
}

/** How a ranked list is ranked. */
export function rankingOf(input: AnswerInput): Ranking {
  const { frame, result } = input
  const [sort] = frame.sort
  const type = result.columns.find((column) => column.key === sort?.by)?.type
  return {
    subject: subjectOf(frame),
    shown: result.rows.length,
    total: result.total,
    direction: sort?.direction ?? 'asc',
    isTime: type === 'date' || type === 'datetime',
    by: sortField(input),
  }
}

function periodOf(frame: Frame): TimeRange | undefined {
  const timed = frame.constraints.filter((constraint) => constraint.slot.startsWith('time:'))
  const filter = timed.length === 1 ? timed[0]?.filter : undefined
  if (filter === undefined || !('field' in filter) || filter.op !== 'during' || typeof filter.value !== 'object' || Array.isArray(filter.value))
    return undefined
  return filter.value as TimeRange
}
