import type { Lexeme, Reading, ReadingKind, ReadingOf } from '#backend/modules/planner/language/reading.ts'
import type { World } from '#backend/modules/planner/world/world.ts'
import { type EntityName, entityNames } from '#contracts/entities.ts'
import type { Filter } from '#contracts/query.ts'
import { type Candidate, finish } from './finish.ts'
import type { Frame } from './frame.ts'
import { parse } from './parse.ts'
import { stateMeaning } from './states.ts'

export interface Chosen {
  lexeme: Lexeme
  reading: Reading
}

/** What went before. */
export interface Heard {
  context?: EntityName
  hasMemory: boolean
}

/** Readings that say something of the records. */
const conditions = new Set<ReadingKind>(['state', 'value', 'record', 'user', 'text', 'number', 'period', 'recurring', 'currency'])
/** Readings that say what is made of them; after an answer it is the answer's records that they are about. */
const shapes = new Set<ReadingKind>(['field', 'superlative', 'aggregate', 'share', 'negation', 'empty', 'bucket', 'percentile', 'movement', 'rank', 'top'])

/**
 * Words without which the same plan comes of the question, though nothing in it is what they say: whoever said them did not get what
 * was asked. A word that names what stands beside it ("the city of London") is in the plan by that.
 */
export function droppedWords(chosen: readonly Chosen[], { frame }: Candidate, world: World, { context, hasMemory }: Heard): string[] {
  const plan = planOf(frame)
  const compares = chosen.some(({ reading }) => reading.kind === 'versus' || reading.kind === 'movement')
  const quotes = chosen.some(({ reading }) => reading.kind === 'text')
  const ranks = chosen.filter(({ reading }) => reading.kind === 'superlative' || (reading.kind === 'top' && reading.time !== undefined)).length
  return chosen.flatMap(({ lexeme, reading }, at) => {
    const telling = conditions.has(reading.kind) || (!hasMemory && shapes.has(reading.kind))
    if (!telling || isCarried(reading, frame, { plan, ranks, world }) || isRepeated(chosen, at)) return []
    // What is compared is this and the one before; the field of a text is known by the text.
    if ((compares && reading.kind === 'period') || (quotes && reading.kind === 'field')) return []
    if (reading.kind === 'field' && isMereColumn(reading, frame)) return [lexeme.text]
    const without = chosen.map((one, other) => (other === at ? { ...one, reading: { kind: 'filler' as const } } : one))
    const rest = finish(parse(without, world, context))
    return rest !== undefined && rest.unexplained.length === 0 && planOf(rest.frame) === plan ? [lexeme.text] : []
  })
}

function isRepeated(chosen: readonly Chosen[], at: number): boolean {
  const said = JSON.stringify(chosen[at]?.reading)
  return chosen.some(({ reading }, other) => other !== at && JSON.stringify(reading) === said)
}

/** What a word says is found in the plan, whatever put it there. */
function isCarried(reading: Reading, frame: Frame, { plan, ranks, world }: { plan: string; ranks: number; world: World }): boolean {
  const holds = (value: unknown) => plan.includes(JSON.stringify(value))
  switch (reading.kind) {
    case 'state':
      // "When is Acme renewal expected to close" is told by the field, whatever its state.
      if (reading.state === 'closing' && frame.kind === 'lookup' && frame.fields.includes('forecast_close_date')) return true
      return entityNames.some((entity) => {
        const filter = stateMeaning(reading.state, entity, world)?.filter
        return filter !== undefined && partsOf(filter).every(holds)
      })
    case 'value':
      return reading.options.some(({ value }) => holds(value))
    case 'record':
    case 'user':
      return reading.options.some(({ id }) => holds(id))
    case 'number':
      // "The big one": no number is meant.
      return reading.value === 1 || plan.includes(String(reading.value))
    case 'period':
      return holds(reading.period.range)
    case 'currency':
      return holds(reading.code)
    case 'field':
      return reading.options.some(({ path }) => isNamed(path, plan)) && !isMereColumn(reading, frame)
    case 'superlative':
    case 'top':
    case 'rank':
      // "When did we last speak" is told by the field.
      if (frame.kind === 'lookup' && frame.fields.some((field) => field.startsWith('last_'))) return true
      // "The last note of the largest company": one order of the records is not both.
      return (frame.sort.length > 0 && ranks < 2) || frame.measures.some(({ fn }) => fn === 'max' || fn === 'min')
    case 'negation':
    case 'empty':
      return /"op":"(?:isEmpty|isNotEmpty|ne|notIn|notContains)"|"not":|"op":"eq","value":(?:0|false)/.test(plan)
    case 'bucket':
      return plan.includes(`"bucket":${JSON.stringify(reading.unit)}`)
    case 'movement':
      return frame.derive !== undefined
    case 'aggregate':
      return reading.fn === 'sum' || frame.derive !== undefined || frame.measures.some(({ fn }) => fn !== 'sum' && fn !== 'count')
    default:
      return false
  }
}

/** The plan speaks of a field: what holds a test's value is called "value" in every plan. */
function isNamed(path: string, plan: string): boolean {
  if (path !== 'value') return plan.includes(path)
  return (
    ['"', '.'].some((start) => [',', ']', '}'].some((end) => plan.includes(`${start}${path}"${end}`))) ||
    plan.includes('sum_value') ||
    plan.includes('avg_value')
  )
}

/** A word of a label of which nothing is said. */
function isMereColumn({ part, options }: ReadingOf<'field'>, { kind, fields: _, ...frame }: Frame): boolean {
  const said = JSON.stringify(frame)
  return part === true && kind !== 'lookup' && !options.some(({ path }) => said.includes(path))
}

function partsOf(filter: Filter): readonly Filter[] {
  return 'and' in filter ? filter.and : [filter]
}

function planOf({ assumptions: _, ...frame }: Frame): string {
  return JSON.stringify({ ...frame, constraints: frame.constraints.map(({ at: _at, ...constraint }) => constraint) })
}
