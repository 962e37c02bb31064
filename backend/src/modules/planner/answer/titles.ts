import { DateTime } from 'luxon'
import type { Frame } from '#backend/modules/planner/plan/frame.ts'
import { entities } from '#contracts/entities.ts'
import type { TimeRange } from '#contracts/query.ts'
import type { AnswerInput } from './body.ts'

/** The noun of a frame with the one word that most often stands before it: "open opportunities", "tasks". */
export function subject(frame: Frame, count: number): string {
  const definition = entities[frame.entity]
  const noun = (count === 1 ? definition.label : definition.labelPlural).toLowerCase()
  const state = frame.constraints
    .map(({ filter }) => filter)
    .find((filter) => 'field' in filter && filter.field === 'state' && filter.op === 'eq' && frame.entity === 'opportunities')
  return state !== undefined && 'field' in state ? `${String(state.value)} ${noun}` : noun
}

/** "Revenue by customer, this year – top 5". */
export function shortTitle(input: AnswerInput, what: string): string {
  const { frame } = input
  const period = periodWords(frame)
  const [sort] = frame.sort
  const ranked = frame.kind === 'groups' && frame.limit !== undefined && frame.limit > 1 && sort !== undefined
  const title = `${what}${period === undefined ? '' : `, ${period}`}${ranked ? ` – ${sort.direction === 'desc' ? 'top' : 'lowest'} ${frame.limit}` : ''}`
  return title.charAt(0).toUpperCase() + title.slice(1)
}

/** The field a list is in the order of, as a heading shows it. */
export function sortLabel({ frame, result }: AnswerInput): string | undefined {
  const by = frame.sort[0]?.by
  const label = result.columns.find((column) => column.key === by)?.label
  return label === undefined || by === entities[frame.entity].labelField ? undefined : /^[A-Z]{2,}/.test(label) ? label : label.toLowerCase()
}

/** "Top 8 of 107", "Latest 3 of 40": how a ranked list begins. */
export function rankWords({ frame, result }: AnswerInput): string {
  const [sort] = frame.sort
  const type = result.columns.find((column) => column.key === sort?.by)?.type
  const shown = result.rows.length
  const of = result.total > shown ? ` of ${result.total.toLocaleString('en')}` : ''
  const down = sort?.direction === 'desc'
  if (type === 'date' || type === 'datetime') return `${down ? 'Latest' : 'Earliest'} ${shown}${of}`
  return `${down ? 'Top' : 'Lowest'} ${shown}${of}`
}

function periodWords(frame: Frame): string | undefined {
  const timed = frame.constraints.filter((constraint) => constraint.slot.startsWith('time:'))
  const filter = timed.length === 1 ? timed[0]?.filter : undefined
  if (filter === undefined || !('field' in filter) || filter.op !== 'during' || typeof filter.value !== 'object' || Array.isArray(filter.value))
    return undefined
  return rangeWords(filter.value as TimeRange)
}

function rangeWords(range: TimeRange): string | undefined {
  if ('last' in range) return `last ${range.last} ${range.unit}${range.last === 1 ? '' : 's'}`
  if ('next' in range) return `next ${range.next} ${range.unit}${range.next === 1 ? '' : 's'}`
  if ('period' in range) {
    if (range.count !== undefined && range.count > 1) return undefined
    const offset = range.offset ?? 0
    if (range.period === 'day') return { '-1': 'yesterday', 0: 'today', 1: 'tomorrow' }[offset]
    return { '-1': `last ${range.period}`, 0: `this ${range.period}`, 1: `next ${range.period}` }[offset]
  }
  const [from, to] = [range.from, range.to].map((text) => (text === undefined ? undefined : DateTime.fromISO(text, { zone: 'utc' }).setLocale('en')))
  if (from === undefined && to !== undefined) return `before ${to.toFormat('d LLL yyyy')}`
  if (from !== undefined && to === undefined) return `since ${from.toFormat('d LLL yyyy')}`
  if (from === undefined || to === undefined) return undefined
  if (from.plus({ years: 1 }).equals(to)) return from.toFormat('yyyy')
  if (from.plus({ months: 1 }).equals(to)) return from.toFormat('LLLL yyyy')
  if (from.plus({ days: 1 }).equals(to)) return from.toFormat('d LLL yyyy')
  return `${from.toFormat('d LLL yyyy')} to ${to.minus({ days: 1 }).toFormat('d LLL yyyy')}`
}
