import { says } from '#backend/modules/planner/language/says.ts'
import { entities } from '#contracts/entities.ts'
import type { Condition, Filter } from '#contracts/query.ts'
import type { Frame } from './frame.ts'
import { next, type ParseState } from './parse-state.ts'
import { fieldOn, type Phrase } from './phrase.ts'

/** Tests for one value of a field that holds one value. */
function single(filter: Filter): (Condition & { value: string | string[] }) | undefined {
  if (!('field' in filter) || (filter.op !== 'eq' && filter.op !== 'in')) return undefined
  if (filter.field.endsWith('tags') || (typeof filter.value !== 'string' && !Array.isArray(filter.value))) return undefined
  return filter as Condition & { value: string | string[] }
}

/** "In January and February": no moment lies in both, so either is meant. */
function joinPeriods(frame: Frame, unjoined: () => void): void {
  for (const constraint of frame.constraints) {
    const { filter } = constraint
    if (!bounded(filter)) continue
    const others = frame.constraints.filter(
      (other) => other !== constraint && bounded(other.filter) && 'field' in other.filter && other.filter.field === filter.field,
    )
    if (others.length === 0) continue
    const windows = new Map([filter, ...others.map((other) => other.filter)].map((one) => [JSON.stringify(one), one]))
    if (windows.size > 1) unjoined()
    constraint.filter = windows.size === 1 ? filter : { or: [...windows.values()] }
    frame.constraints = frame.constraints.filter((other) => !others.includes(other))
    return
  }
}

const joining = new Set(['movement', 'versus', 'comparator', 'share'])

/** Two times said of one thing contradict each other, unless a word right between them joins them or the question compares. */
function noteUnjoined({ items, versus, unexplained }: ParseState): void {
  const periods = items.filter(({ reading }) => reading.kind === 'period')
  const last = periods.at(-1)
  if (versus || items.some(({ reading, index }) => joining.has(reading.kind) && index < (last?.index ?? 0))) return
  const apart = periods.find((period, at) => {
    const between = items.filter(({ index }) => at > 0 && index > (periods[at - 1]?.index ?? 0) && index < period.index)
    const joint = between.findLast(({ reading }) => reading.kind === 'conjunction')
    // "Won last year, and closed in March" says a second thing.
    return at > 0 && (joint === undefined || between.some(({ reading, index }) => index > joint.index && (reading.kind === 'verb' || reading.kind === 'state')))
  })
  if (apart !== undefined) unexplained.push(apart.lexeme.text)
}

function bounded(filter: Filter): filter is Condition {
  if (!('field' in filter) || filter.op !== 'during' || typeof filter.value !== 'object' || Array.isArray(filter.value)) return false
  return !('from' in filter.value || 'to' in filter.value) || ('from' in filter.value && 'to' in filter.value)
}

/** "Of Priya and Diego": nobody has two values in one field, so either is meant. */
export function joinAlternatives(state: ParseState, frame: Frame, holdsSeveral: (field: string) => boolean = () => false): void {
  joinPeriods(frame, () => noteUnjoined(state))
  const seen = new Map<string, Condition & { value: string | string[] }>()
  frame.constraints = frame.constraints.filter((constraint) => {
    const filter = single(constraint.filter)
    if (filter === undefined || constraint.slot === 'state' || holdsSeveral(filter.field)) return true
    const first = seen.get(filter.field)
    if (first === undefined) {
      const own = { ...filter }
      constraint.filter = own
      seen.set(filter.field, own)
      return true
    }
    const values = [...new Set([first.value, filter.value].flat())]
    if (values.length > 1) Object.assign(first, { op: 'in', value: values })
    return false
  })
}

/** "Compare Priya and Diego by won value": the values compared are the groups. */
export function compareValues(state: ParseState, head: Phrase): void {
  if (state.groups.length > 0) return
  const compared = head.constraints
    .map((constraint) => single(constraint.filter))
    .filter((filter) => filter !== undefined)
    .find(
      (filter, index, all) => (Array.isArray(filter.value) && filter.value.length > 1) || all.some((other, at) => at !== index && other.field === filter.field),
    )
  // A deal's states are compared by what calls this; a place is a state too.
  if (compared === undefined || (compared.field === 'state' && head.entity === 'opportunities') || compared.field === 'id') return
  state.groups.push({ kind: 'field', concept: compared.field, options: [{ entity: head.entity, path: compared.field }] })
}

/** "Which industry has the highest won value": a field asked for, ranked by the sum of a figure. */
export function rankedField(state: ParseState, head: Phrase): void {
  worthMost(state)
  const { superlative, rankBy, aggregate } = state
  const [asked] = state.fields
  if (superlative === undefined || superlative.by === 'count' || asked === undefined) return
  // "Which pipeline has the highest value": that of its deals.
  const ofDeals = rankBy === undefined && superlative.by === 'measure' && head.entity === 'opportunities' && head.at === -1
  const options = rankBy?.kind === 'field' ? rankBy.options : ofDeals ? [{ entity: head.entity, path: 'value' }] : undefined
  if (options === undefined) return
  // "The highest total value of open deals": what is ranked is said behind the figure.
  const behind =
    head.at > superlative.at + 1 && state.items.slice(superlative.at, head.at).some(({ reading }) => reading.kind === 'preposition' && reading.word === 'of')
  if ((head.at !== -1 && !behind) || state.groups.length > 0 || state.measures.length > 0) return
  if (aggregate !== undefined && aggregate !== 'sum' && aggregate !== 'avg' && aggregate !== 'median') return
  const at = state.items.findIndex((item) => says(item.lexeme.text, 'which', state.world.language))
  const item = at === -1 ? topped(state) : next(state, at)
  if (item?.reading.kind !== 'field' || item.reading.concept !== asked.concept) return
  const found = fieldOn(head, options, state.world)
  if (found === undefined || !['money', 'integer', 'number'].includes(found.type)) return
  state.fields.shift()
  state.groups.push({ kind: 'field', options: asked.options, concept: asked.concept })
  state.aggregate = aggregate ?? 'sum'
  state.aggregateField = { options }
  state.rankBy = undefined
}

/** "Which pipeline is worth the most": by its value, and not by how many there are. */
function worthMost(state: ParseState): void {
  const { superlative, verb, rankBy } = state
  if (verb !== 'worth' || superlative?.by !== 'count' || rankBy !== undefined || state.count) return
  state.superlative = { ...superlative, by: 'any' }
  state.rankBy = { kind: 'field', options: [{ entity: 'opportunities', path: 'value' }] }
  state.verb = undefined
}

/** "The top 5 industries by won value": what is ranked. */
function topped({ items, superlative }: ParseState): ParseState['items'][number] | undefined {
  if (superlative?.by !== 'top') return undefined
  return items.slice(superlative.at + 1).find(({ reading }) => reading.kind !== 'filler' && reading.kind !== 'number')
}

/** "Who has the highest won value": the sum of what each owner's deals are worth. */
export function rankedOwner(state: ParseState, head: Phrase): void {
  const { superlative, rankBy } = state
  const options = rankBy?.kind === 'field' ? rankBy.options : superlative?.by === 'count' ? state.fields[0]?.options : undefined
  if (!state.asks.includes('who') || !['any', 'count'].includes(superlative?.by ?? '') || options === undefined) return
  if (head.at !== -1 || head.entity !== 'opportunities') return
  if (state.groups.length > 0 || state.fields.length > (rankBy?.kind === 'field' ? 0 : 1) || state.measures.length > 0 || state.aggregate !== undefined) return
  const found = fieldOn(head, options, state.world)
  if (found?.path !== 'value') return
  state.fields = []
  state.groups.push({ kind: 'field', concept: 'owner', options: [{ entity: 'opportunities', path: 'owner' }] })
  state.aggregate = 'sum'
  state.aggregateField = { options }
  state.rankBy = undefined
}

const ordering = new Set(['time', 'next', 'close', 'due', 'price'])

/** "The biggest deal of each owner" is a figure by group; "the newest contact of each owner" is a record by group, which no query gives. */
export function orderedByGroup(state: ParseState): void {
  const { superlative } = state
  // "Who owns the most of them?" counts the records of the answer before by their owner.
  if (
    state.context !== undefined &&
    state.anaphor &&
    state.asks.includes('who') &&
    superlative?.by === 'count' &&
    entities[state.context].fields.owner !== undefined
  )
    state.groups.push({ kind: 'field', concept: 'owner', options: [{ entity: state.context, path: 'owner' }] })
  // "The largest order each month".
  const marks = state.items.filter(({ reading }) => reading.kind === 'group' || reading.kind === 'bucket')
  const each = marks.some(({ lexeme }) => says(lexeme.text, 'each', state.world.language))
  // "The biggest deals by pipeline": the biggest of each, or who has most of them.
  const [marked] = marks
  const ranked = state.phrases[0]?.at ?? -1
  const money = entities[state.phrases[0]?.entity ?? 'notes'].defaultMeasure
  const unsure = superlative?.by === 'measure' && !each && money !== undefined && superlative.at < ranked && ranked < (marked?.index ?? -1)
  if (
    unsure &&
    superlative !== undefined &&
    state.rankBy === undefined &&
    state.measures.length === 0 &&
    state.aggregate === undefined &&
    !state.count &&
    state.groups.length > 0
  )
    state.unexplained.push(state.items[superlative.at]?.lexeme.text ?? superlative.by)
  if (superlative === undefined || state.groups.length === 0 || !each || state.measures.length > 0 || state.aggregate !== undefined || state.count) return
  const head = state.phrases[0]
  const measure = head === undefined ? undefined : entities[head.entity].defaultMeasure
  // The best customer is no largest company.
  if (head?.customer === true && superlative.by === 'measure') {
    state.unexplained.push(state.items[superlative.at]?.lexeme.text ?? superlative.by)
    return
  }
  if (superlative.by === 'measure' && measure !== undefined && state.rankBy === undefined) {
    state.aggregate = superlative.direction === 'desc' ? 'max' : 'min'
    state.aggregateField = { options: [{ entity: (head as Phrase).entity, path: measure }] }
    state.superlative = undefined
  } else if (ordering.has(superlative.by) && !(head?.entity === 'orders' && superlative.by === 'time'))
    state.unexplained.push(state.items[superlative.at]?.lexeme.text ?? superlative.by)
}
