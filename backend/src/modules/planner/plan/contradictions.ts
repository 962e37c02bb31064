import { type EntityName, entities } from '#contracts/entities.ts'
import type { Filter } from '#contracts/query.ts'
import type { Constraint, Frame } from './frame.ts'

type Test = Extract<Filter, { field: string }>

/** Fields that hold several values at once. */
const several = /^(?:tags|attendees|to)$|\.tags$|^custom\.|\.custom\./

/** The first two conditions of a frame that no record meets at once. */
export function contradiction({ constraints, entity }: Pick<Frame, 'constraints' | 'entity'>): readonly [Constraint, Constraint] | undefined {
  for (const [at, one] of constraints.entries())
    for (const other of constraints.slice(at + 1)) {
      if (one.everyYear || other.everyYear) continue
      if (partsOf(one.filter).some((part) => partsOf(other.filter).some((against) => excludes(part, against, entity)))) return [one, other]
    }
  return undefined
}

function partsOf(filter: Filter): readonly Filter[] {
  return 'and' in filter ? filter.and.flatMap(partsOf) : [filter]
}

function excludes(one: Filter, other: Filter, entity: EntityName): boolean {
  if ('not' in one && same(one.not, other)) return true
  if ('not' in other && same(other.not, one)) return true
  if ('or' in one) return one.or.every((part) => partsOf(part).some((each) => excludes(each, other, entity)))
  if ('or' in other) return excludes(other, one, entity)
  if (!('field' in one) || !('field' in other)) return false
  return one.field === other.field ? clash(one, other) : notYetClosed(one, other, entity) || notYetClosed(other, one, entity)
}

const same = (one: Filter, other: Filter) => JSON.stringify(one) === JSON.stringify(other)

/** What is open has not closed. */
function notYetClosed(state: Test, time: Test, entity: EntityName): boolean {
  if (!state.field.endsWith('state') || !time.field.endsWith('actual_close_date') || time.op !== 'during') return false
  const prefix = state.field.slice(0, -'state'.length)
  const deals = prefix === '' ? entity : entities[entity].fields[prefix.slice(0, -1)]?.entity
  return deals === 'opportunities' && time.field === `${prefix}actual_close_date` && state.op === 'eq' && state.value === 'open'
}

function clash(one: Test, other: Test): boolean {
  return oneWay(one, other) || oneWay(other, one)
}

const denying = new Set(['isEmpty', 'ne', 'notIn', 'notContains'])

function oneWay(one: Test, other: Test): boolean {
  if (one.op === 'isEmpty') return !denying.has(other.op)
  const [values, others] = [valuesOf(one), valuesOf(other)]
  if (isAny(one) && isAny(other)) return !several.test(one.field) && !values.some((value) => others.includes(value))
  if (isAny(one) && (other.op === 'ne' || other.op === 'notIn')) return values.every((value) => others.includes(value))
  return outside(one, other) || opposite(one, other) || apart(one, other)
}

const isAny = ({ op }: Test) => op === 'eq' || op === 'in'
const valuesOf = ({ value }: Test): readonly unknown[] => (Array.isArray(value) ? value : [value])

/** More than so many and fewer than so many, with nothing between. */
function outside(low: Test, high: Test): boolean {
  const [from, to] = [bound(low, ['gt', 'gte', 'eq']), bound(high, ['lt', 'lte', 'eq'])]
  if (from === undefined || to === undefined || (low.op === 'eq' && high.op === 'eq')) return false
  return from > to || (from === to && (low.op === 'gt' || high.op === 'lt'))
}

function bound({ op, value }: Test, ops: readonly string[]): number | undefined {
  return ops.includes(op) && typeof value === 'number' ? value : undefined
}

/** Before now and after now; within a period to come and before now. */
function opposite(one: Test, other: Test): boolean {
  const past = side(other) === 'past'
  return past && side(one) === 'future'
}

function side({ op, value }: Test): 'past' | 'future' | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  if ('now' in value) return 'daysAgo' in value ? undefined : op === 'lt' || op === 'lte' ? 'past' : op === 'gt' || op === 'gte' ? 'future' : undefined
  if (op !== 'during' || !('period' in value) || typeof value.offset !== 'number') return undefined
  const last = value.offset
  const first = value.offset - (typeof value.count === 'number' ? value.count - 1 : 0)
  return first > 0 ? 'future' : last < 0 ? 'past' : undefined
}

/** One period that ends before the other begins. */
function apart({ op, value }: Test, { op: otherOp, value: later }: Test): boolean {
  if (op !== 'during' || otherOp !== 'during' || typeof value !== 'object' || typeof later !== 'object') return false
  if ('to' in value && 'from' in later) return value.to !== undefined && later.from !== undefined && Date.parse(value.to) <= Date.parse(later.from)
  if (!('period' in value) || !('period' in later) || value.period !== later.period) return false
  return (value.offset ?? 0) < (later.offset ?? 0) - ((later.count ?? 1) - 1)
}
