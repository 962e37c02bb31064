import { entities } from '#contracts/entities.ts'
import type { Condition, Filter } from '#contracts/query.ts'
import type { Constraint, Frame } from './frame.ts'

const decided = new Set<unknown>(['won', 'lost'])

/** The time that a period said of an answer's records is of, where that is not their usual one. */
export function timeOfFrame({ entity, constraints, measures, derive, part }: Frame): string | undefined {
  const said = constraints.find(({ slot }) => slot.startsWith('time:'))?.slot.slice('time:'.length)
  if (said !== undefined) return said
  if (derive === 'forecast') return 'forecast_close_date'
  const fn = measures[0]?.fn
  if (entity === 'leads') return fn === 'cycleDays' ? 'converted_at' : undefined
  if (entity !== 'opportunities') return undefined
  if (fn === 'winRate' || fn === 'cycleDays' || measures.some(({ as }) => as === 'loss_rate')) return 'actual_close_date'
  const states = [...constraints.map(({ filter }) => filter), ...(part === undefined ? [] : [part])].filter(isState)
  return states.length > 0 && states.every(({ value }) => [value].flat().every((one) => decided.has(one))) ? 'actual_close_date' : undefined
}

function isState(filter: Filter): filter is Condition {
  return 'field' in filter && filter.field === 'state' && (filter.op === 'eq' || filter.op === 'in')
}

/** A period without a word of what it is of, as one of that time. */
export function retimed(constraint: Constraint, frame: Frame): Constraint {
  const usual = entities[frame.entity].defaultTime
  const time = timeOfFrame(frame)
  const [kind, field] = constraint.slot.split(':')
  if (time === undefined || time === usual || field !== usual || (kind !== 'time' && kind !== 'recurring')) return constraint
  return { ...constraint, slot: `${kind}:${time}`, filter: inTime(constraint.filter, usual, time) }
}

function inTime(filter: Filter, from: string, to: string): Filter {
  return JSON.parse(JSON.stringify(filter).replaceAll(`"field":"${from}"`, `"field":"${to}"`).replaceAll(`"field":"${from}.`, `"field":"${to}.`)) as Filter
}

/** "Which close this month?" of open deals: expected to. */
export function stillOpen(constraints: readonly Constraint[], frame: Frame): Constraint[] {
  const isOpen = frame.constraints.some(({ filter }) => isState(filter) && filter.op === 'eq' && filter.value === 'open')
  if (!isOpen) return [...constraints]
  return constraints.flatMap((constraint) => {
    if (isState(constraint.filter)) return []
    return constraint.slot === 'time:actual_close_date'
      ? [{ ...constraint, slot: 'time:forecast_close_date', filter: inTime(constraint.filter, 'actual_close_date', 'forecast_close_date') }]
      : [constraint]
  })
}
