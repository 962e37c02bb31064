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

/** "And the last?" after what closes first: in the order of the answer before, or of the time that it is of. */
export function inTimeOf(said: Frame, before: Frame): Frame {
  const usual = entities[said.entity].defaultTime
  const by = before.sort[0]?.by ?? ''
  const type = entities[before.entity].fields[by]?.type
  const time = type === 'date' || type === 'datetime' ? by : timeOfFrame(before)
  if (time === undefined || time === usual || said.sort[0]?.by !== usual) return said
  const constraints = said.constraints.map((one) => (one.slot === 'ranked' ? { ...one, filter: inTime(one.filter, usual, time) } : one))
  return { ...said, constraints, sort: said.sort.map((one) => (one.by === usual ? { ...one, by: time } : one)) }
}

function inTime(filter: Filter, from: string, to: string): Filter {
  return JSON.parse(JSON.stringify(filter).replaceAll(`"field":"${from}"`, `"field":"${to}"`).replaceAll(`"field":"${from}.`, `"field":"${to}.`)) as Filter
}

/** "Which close this month?", "which one closes first?" of open deals: expected to. */
export function stillOpen(said: Frame, before: Frame): Frame {
  const isOpen = before.constraints.some(({ filter }) => isState(filter) && filter.op === 'eq' && filter.value === 'open')
  if (!isOpen) return said
  const constraints = said.constraints.flatMap((constraint) => {
    if (isState(constraint.filter)) return []
    // "Which closes next": those to come, and still the open ones.
    const slot = constraint.slot === 'state' ? 'time:forecast_close_date' : constraint.slot.replace('actual_close_date', 'forecast_close_date')
    return [{ ...constraint, slot, filter: inTime(constraint.filter, 'actual_close_date', 'forecast_close_date') }]
  })
  const sort = said.sort.map((one) => (one.by === 'actual_close_date' ? { ...one, by: 'forecast_close_date' } : one))
  return { ...said, constraints, sort }
}
