import type { Filter } from '#contracts/query.ts'
import type { Phrase } from './phrase.ts'

/** "With both won and lost deals": some of each, for none is both. */
export function statesApart(child: Phrase): Phrase[] {
  const several = child.eachOf === undefined ? undefined : child.constraints.find(({ slot }) => slot === child.eachOf)
  if (several !== undefined && 'field' in several.filter && several.filter.op === 'in' && child.negated !== true && child.count === undefined) {
    const test = several.filter
    return [test.value].flat().map((value) => ({
      ...child,
      constraints: child.constraints.map((one) => (one === several ? { ...one, filter: { ...test, op: 'eq' as const, value: value as string } } : one)),
    }))
  }
  const states = child.constraints.filter(({ slot, filter }) => slot === 'state' && 'field' in filter && filter.op === 'eq' && filter.field === 'state')
  if (states.length < 2 || child.negated === true || child.count !== undefined) return timesApart(child)
  return states.map((one) => ({ ...child, constraints: child.constraints.filter((constraint) => constraint === one || !states.includes(constraint)) }))
}

/** "With orders in both 2025 and 2026": some in each, for none is in both. */
function timesApart(child: Phrase): Phrase[] {
  const times = child.constraints.filter(({ slot, filter }) => slot.startsWith('time:') && 'field' in filter && filter.op === 'during')
  const [first, second] = times
  if (times.length !== 2 || first === undefined || second === undefined || child.negated === true || child.count !== undefined) return [child]
  if (first.slot !== second.slot || !areApart(first.filter, second.filter)) return [child]
  return times.map((one) => ({ ...child, constraints: child.constraints.filter((constraint) => constraint === one || !times.includes(constraint)) }))
}

function areApart(one: Filter, other: Filter): boolean {
  if (!('field' in one) || !('field' in other)) return false
  const [a, b] = [one.value, other.value]
  if (typeof a !== 'object' || typeof b !== 'object') return false
  if ('period' in a && 'period' in b) return a.period === b.period && a.offset !== b.offset && a.count === undefined && b.count === undefined
  if (!('from' in a && 'to' in a && 'from' in b && 'to' in b)) return false
  const ends = [a.from, a.to, b.from, b.to]
  return ends.every((end) => end !== undefined) && ((a.to as string) <= (b.from as string) || (b.to as string) <= (a.from as string))
}
