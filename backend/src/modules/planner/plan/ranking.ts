import { says } from '#backend/modules/planner/language/says.ts'
import type { Note } from '#backend/modules/planner/phrases/notes.ts'
import { customerEntity } from '#backend/modules/planner/world/world.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { Filter, Measure } from '#contracts/query.ts'
import { emptyFrame, type Frame } from './frame.ts'
import { customerGroup, groupsOf, productGroup } from './grouping.ts'
import type { ParseState } from './parse-state.ts'
import { constraintsOf, fieldOn, isPlainTest, newPhrase, type Phrase } from './phrase.ts'
import { referencePath, routeBetween, underReference } from './routes.ts'
import { isPlural, keyOf } from './sorting.ts'

/** "Who has the most open deals", "top 5 customers by revenue", "best-selling products": groups of one entity ranked by a figure of another. */
export function ranking(state: ParseState, head: Phrase): Frame | undefined {
  const { superlative, rankBy } = state
  const byAmount = rankByAmount(state, head)
  if (byAmount !== undefined) return byAmount
  if (state.groups.length > 0 && rankBy?.kind !== 'entity' && state.measures.length === 0) return undefined
  if (rankBy?.kind === 'entity') {
    const measured = rankBy.phrase
    const amount = state.measures[0] === 'revenue' ? { opportunities: 'value', orders: 'total' }[measured.entity as string] : undefined
    if (amount !== undefined) return rank(state, head, measured.entity, { fn: 'sum', field: amount }, measured)
    if (state.measures.length > 0) state.unexplained.push(state.items.find((item) => item.reading.kind === 'measure')?.lexeme.text ?? '?')
    const closed = head.entity === 'users' ? closedMeansWon(measured) : undefined
    const counted = rank(state, head, measured.entity, { fn: 'count' }, measured, undefined, closed)
    if (counted !== undefined && measured.count !== undefined) {
      counted.having = [{ measure: 'count', op: measured.count.op, value: measured.count.value }]
      delete counted.limit
    }
    return counted
  }
  const [measure] = state.measures
  const named = rankBy?.kind === 'measure' ? rankBy.measure : measure
  const sorted = state.sortBy !== undefined && 'measure' in state.sortBy ? state.sortBy.measure : undefined
  const figure = named ?? sorted
  if (
    figure === 'revenue' ||
    figure === 'quantity' ||
    figure === 'pipelineValue' ||
    figure === 'winRate' ||
    figure === 'cycleDays' ||
    figure === 'averageDeal' ||
    figure === 'averageOrder'
  ) {
    const rankable =
      head.entity === 'products' ||
      head.entity === 'contacts' ||
      head.entity === 'organisations' ||
      head.entity === 'users' ||
      head.entity === 'stages' ||
      head.entity === 'pipelines'
    if (!rankable) return undefined
    if (state.groups.length > 0) return groupedFigure(state, head, figure)
    const many =
      superlative !== undefined ||
      rankBy?.kind === 'measure' ||
      state.groups.length > 0 ||
      state.asks.includes('which') ||
      state.asks.includes('who') ||
      sorted !== undefined
    if (!many) return figureOf(state, head, figure)
    return rankByMeasure(state, head, figure)
  }
  // Who sells most is who won most; what sells most is what was ordered most.
  const seller = superlative?.by === 'sold' && (state.asks.includes('who') || head.entity === 'users')
  const sold =
    (superlative?.by === 'sold' && !seller) || (superlative?.by === 'count' && (state.verb === 'sell' || state.verb === 'buy') && rankBy === undefined)
  if (sold && head.entity === 'products') return rankByMeasure(state, head, 'quantity')
  const most = state.items[superlative?.at ?? -1]?.lexeme.text ?? ''
  const buys = state.verb === 'buy' || state.verb === 'spend' || says(most, 'mostTrade', state.world.language)
  if (
    superlative !== undefined &&
    head.customer &&
    (superlative.by === 'measure' || superlative.by === 'top' || superlative.by === 'any' || (superlative.by === 'count' && buys)) &&
    rankBy === undefined
  ) {
    if ((state.world.counts.order_lines ?? 0) > 0)
      return rankByMeasure(state, head, superlative.by === 'count' && boughtProduct(state) ? 'quantity' : 'revenue')
  }
  if (superlative !== undefined && superlative.by === 'time' && buys && head.customer) return head.constraints.length === 0 ? latestOrder(state) : undefined
  // "Who orders most often": by the number of orders.
  const often = superlative?.by === 'count' && state.verb === 'buy' && !boughtProduct(state) && says(most, 'oftenest', state.world.language)
  if (often && (head.entity === 'contacts' || head.entity === 'organisations')) return rank(state, head, 'orders', { fn: 'count' })
  if (superlative !== undefined && buys && (head.entity === 'contacts' || head.entity === 'organisations'))
    return rankByMeasure(state, head, superlative.by === 'count' && boughtProduct(state) ? 'quantity' : 'revenue')
  if (superlative !== undefined && superlative.by === 'top' && head.entity === 'products' && rankBy === undefined) return rankByMeasure(state, head, 'revenue')
  if (superlative !== undefined && head.entity === 'organisations' && rankBy === undefined && ['measure', 'top'].includes(superlative.by))
    return rankOrganisations(state, head)
  const aggregated = rankByAggregate(state, head)
  if (aggregated !== undefined) return aggregated
  if (superlative !== undefined && head.entity === 'users') {
    const won =
      seller ||
      state.verb === 'sell' ||
      state.verb === 'win' ||
      state.verb === 'close' ||
      says(most, 'mostTrade', state.world.language) ||
      superlative.by === 'top' ||
      superlative.by === 'measure' ||
      superlative.by === 'any'
    if (!won) return undefined
    return rankByDeals(state, head, 'won', { note: 'rankedByDeals', state: 'won' })
  }
  return undefined
}

/** What a rep closes is won. */
function closedMeansWon(deals: Phrase): Note | undefined {
  const state = deals.constraints.find(({ slot, filter }) => slot === 'state' && 'field' in filter && filter.op === 'in')
  if (
    deals.entity !== 'opportunities' ||
    state === undefined ||
    JSON.stringify(state.filter) !== JSON.stringify({ field: 'state', op: 'in', value: ['won', 'lost'] })
  )
    return undefined
  state.filter = { field: 'state', op: 'eq', value: 'won' }
  return { note: 'closedIsWon' }
}

/** "Which customer ordered last": the order that tells. */
function latestOrder(state: ParseState): Frame {
  const frame = emptyFrame('orders')
  frame.kind = 'lookup'
  frame.fields = ['customer']
  frame.sort = [{ by: 'ordered_at', direction: state.superlative?.direction ?? 'desc' }]
  frame.limit = state.limit ?? 1
  return frame
}

function boughtProduct(state: ParseState): boolean {
  return state.records.some((options) => options.some((option) => option.entity === 'products'))
}

/** Companies are ranked by what they bought, else by their deals, unless their size was named. */
function rankOrganisations(state: ParseState, head: Phrase): Frame | undefined {
  const { superlative } = state
  if (superlative?.by === 'measure' && !says(state.items[superlative.at]?.lexeme.text ?? '', 'importance', state.world.language)) return undefined
  if (state.world.customerOrders.organisations > 0) return rankByMeasure(state, head, 'revenue')
  if ((state.world.counts.opportunities ?? 0) > 0)
    return rank(state, head, 'opportunities', { fn: 'sum', field: 'value' }, undefined, undefined, { note: 'rankedByDeals' })
  return undefined
}

const dimensions = new Set<EntityName>(['users', 'stages', 'pipelines', 'organisations', 'contacts', 'products'])

/** "Which stage has the highest total value": records of one kind by an aggregate over those of another. */
function rankByAggregate(state: ParseState, head: Phrase): Frame | undefined {
  const { superlative, rankBy } = state
  // A pipeline and a stage are worth what is open in them.
  const standing = head.entity === 'pipelines' || head.entity === 'stages'
  const aggregate = state.aggregate ?? (standing ? 'sum' : undefined)
  const aggregateField = state.aggregateField ?? (rankBy?.kind === 'field' ? rankBy : undefined)
  if (superlative === undefined || aggregate === undefined || aggregate === 'countDistinct' || aggregateField === undefined || !dimensions.has(head.entity))
    return undefined
  if (state.measures.length > 0 || state.groups.length > 0) return undefined
  const open = { slot: 'state', filter: { field: 'state', op: 'eq' as const, value: 'open' } }
  // "The highest average value of won deals": of those, and of nothing else that has a value.
  const measured = state.phrases.find((phrase) => phrase !== head && phrase.at >= 0)
  for (const option of aggregateField.options) {
    if (measured !== undefined && option.entity !== measured.entity) continue
    if (option.entity === head.entity || !['money', 'integer', 'number'].includes(entities[option.entity].fields[option.path]?.type ?? '')) continue
    const worth =
      standing &&
      option.entity === 'opportunities' &&
      aggregate === 'sum' &&
      !state.phrases.some(({ constraints }) => constraints.some(({ slot }) => slot === 'state'))
    const note: Note | undefined = worth ? { note: 'rankedByDeals', state: 'open' } : undefined
    const frame = rank(state, head, option.entity, { fn: aggregate, field: option.path }, measured, worth ? open : undefined, note)
    if (frame !== undefined) return frame
  }
  return undefined
}

/** "Top 3 owners by won value", "by value of won deals": what was said around the amount is said of the deals. */
function rankByAmount(state: ParseState, head: Phrase): Frame | undefined {
  // "Rank reps by won value": an order of people by what they have no field for.
  const { sortBy } = state
  const amount = sortBy !== undefined && 'options' in sortBy && sortBy.options.some(({ entity, path }) => entities[entity].fields[path]?.type === 'money')
  if (head.entity === 'users' && amount && state.superlative === undefined && state.groups.length === 0) {
    state.groups.push({ kind: 'field', concept: 'value', options: sortBy.options })
    state.sortBy = undefined
  } else if (state.superlative === undefined) return undefined
  const [target] = state.groups
  if (state.groups.length !== 1 || target?.kind !== 'field' || state.measures.length > 0 || !dimensions.has(head.entity)) return undefined
  const option = target.options.find(({ entity, path }) => entity === 'opportunities' && entities[entity].fields[path]?.type === 'money')
  if (option === undefined || fieldOn(head, target.options, state.world)?.type === 'money') return undefined
  const deals = state.phrases.find((phrase) => phrase !== head && phrase.entity === 'opportunities') ?? newPhrase('opportunities', false, state.world, -1)
  const pending = state.pending
  state.pending = []
  for (const make of pending) {
    const attachment = make(deals)
    if (attachment === undefined) state.pending.push(make)
    else deals.constraints.push(attachment.constraint)
  }
  state.groups = []
  return rank(
    state,
    head,
    'opportunities',
    { fn: 'sum', field: option.path },
    deals,
    deals.constraints.find(({ slot }) => slot === 'state'),
  )
}

type Figure = 'revenue' | 'quantity' | 'pipelineValue' | 'winRate' | 'cycleDays' | 'averageDeal' | 'averageOrder'

function measureFor(state: ParseState, figure: Figure): { entity: EntityName; measure: Measure; constraint?: Frame['constraints'][number] } {
  const won: Frame['constraints'][number] = { slot: 'state', filter: { field: 'state', op: 'eq', value: 'won' } }
  switch (figure) {
    case 'revenue':
      return (state.world.counts.order_lines ?? 0) > 0 || (state.world.counts.opportunities ?? 0) === 0
        ? { entity: 'order_lines', measure: { fn: 'sum', field: 'amount' } }
        : { entity: 'opportunities', measure: { fn: 'sum', field: 'value' }, constraint: won }
    case 'quantity':
      return { entity: 'order_lines', measure: { fn: 'sum', field: 'quantity' } }
    case 'pipelineValue':
      return {
        entity: 'opportunities',
        measure: { fn: 'sum', field: 'value' },
        constraint: { slot: 'state', filter: { field: 'state', op: 'eq', value: 'open' } },
      }
    case 'winRate':
    case 'cycleDays':
      return { entity: 'opportunities', measure: { fn: figure } }
    case 'averageDeal':
      return { entity: 'opportunities', measure: { fn: 'avg', field: 'value' } }
    case 'averageOrder':
      return { entity: 'orders', measure: { fn: 'avg', field: 'total' } }
  }
}

function rankByMeasure(state: ParseState, head: Phrase, figure: Figure): Frame | undefined {
  const { entity, measure, constraint } = measureFor(state, figure)
  // Owners have no order lines: their sales are the deals they won.
  const people = entity === 'order_lines' && (head.entity === 'users' || head.entity === 'stages' || head.entity === 'pipelines')
  if (people && head.entity !== 'users') return rankByDeals(state, head, 'open', { note: 'rankedByDeals', state: 'open' })
  if (people) return rankByDeals(state, head, 'won', { note: 'sales' })
  const withAggregate =
    state.aggregate !== undefined && state.aggregate !== 'countDistinct' && measure.fn === 'sum' ? { ...measure, fn: state.aggregate } : measure
  return rank(state, head, entity, withAggregate, undefined, constraint)
}

/** One figure over the records a head stands for: "revenue from customers in Germany". */
function figureOf(state: ParseState, head: Phrase, figure: Figure): Frame | undefined {
  const ranked = rankByMeasure(state, head, figure)
  if (ranked === undefined) return undefined
  ranked.kind = 'figure'
  ranked.groupBy = []
  ranked.sort = []
  delete ranked.limit
  return ranked
}

/** "Revenue of our products by category". */
function groupedFigure(state: ParseState, head: Phrase, figure: Figure): Frame | undefined {
  const frame = rankByMeasure(state, head, figure)
  if (frame === undefined) return undefined
  frame.constraints = frame.constraints.filter((constraint) => constraint.slot !== 'ranked')
  frame.groupBy = groupsOf(state, frame.entity)
  const [group] = frame.groupBy
  if (group?.bucket !== undefined) frame.sort = [{ by: group.field, direction: 'asc' }]
  if (state.superlative === undefined && state.limit === undefined) delete frame.limit
  return frame
}

/** By the value of the opportunities in one state. */
function rankByDeals(state: ParseState, head: Phrase, dealState: 'open' | 'won', assumption: Note): Frame | undefined {
  const constraint = { slot: 'state', filter: { field: 'state', op: 'eq' as const, value: dealState } }
  return rank(state, head, 'opportunities', { fn: 'sum', field: 'value' }, undefined, constraint, assumption)
}

function rank(
  state: ParseState,
  head: Phrase,
  entity: EntityName,
  measure: Measure,
  measured?: Phrase,
  constraint?: Frame['constraints'][number],
  assumption?: Note,
): Frame | undefined {
  if (measured?.entity === head.entity) return undefined
  const route = routeBetween(entity, head.entity)
  // Orders are owned by whoever owns their customer.
  const owned = head.entity === 'users' && (entity === 'orders' || entity === 'order_lines')
  const path = owned ? `${entities[customerEntity(state.world).entity].singular}.owner` : route && referencePath(route)
  if (path === undefined || path === '') return undefined
  const frame = emptyFrame(entity)
  frame.kind = 'groups'
  // What was said of the ranked ones is said of the reference; they must exist.
  const field =
    (entity === 'orders' || entity === 'order_lines') && head.customer
      ? customerGroup(state)
      : entity === 'order_lines' && head.entity === 'products'
        ? productGroup(state)
        : path
  const own = measured === undefined ? [] : constraintsOf(measured, state.phrases, state.world)
  const others = state.phrases.filter((phrase) => phrase !== measured)
  const said = constraintsOf(
    { ...head, customer: false, constraints: head.constraints },
    others.map((phrase) => (phrase.parent === head ? phrase : phrase)),
    state.world,
  )
  for (const one of said) {
    const [kind, said] = one.slot.split(':')
    if ((kind === 'time' || kind === 'recurring') && said === entities[head.entity].defaultTime && !state.newOnes) {
      // "top customers last quarter": the time of the sales, not of the customers.
      frame.constraints.push({
        slot: `${kind}:${entities[entity].defaultTime}`,
        filter: retime(one.filter, entities[head.entity].defaultTime, timeFor(entity, constraint, measure)),
      })
    } else if (one.slot === 'orders' && entity !== 'opportunities' && 'relation' in one.filter) {
      if (one.filter.where !== undefined) frame.constraints.push({ slot: 'time:ordered_at', filter: one.filter.where })
    } else if (lineTest(one.filter, entity) !== undefined) frame.constraints.push({ slot: one.slot, filter: lineTest(one.filter, entity) as Filter })
    else frame.constraints.push({ slot: one.slot, filter: underReference(path, one.filter) })
  }
  frame.constraints.push(...own)
  if (constraint !== undefined && !frame.constraints.some((one) => one.slot === constraint.slot)) frame.constraints.push(constraint)
  if (field === path) frame.constraints.push({ slot: 'ranked', filter: { field, op: 'isNotEmpty' } })
  frame.groupBy = [{ field }]
  frame.measures = [measure]
  const direction = state.superlative?.direction ?? state.direction ?? 'desc'
  frame.sort = [{ by: keyOf(measure), direction }]
  const ranked = state.superlative !== undefined
  if (state.limit !== undefined) frame.limit = state.limit
  else if (ranked) frame.limit = isPlural(state, head) ? 10 : 1
  if (state.shape !== undefined) frame.shape = state.shape
  if (assumption !== undefined) frame.assumptions.push(assumption)
  return frame
}

/** "Bought the most Barolo": of the lines counted, those with Barolo, not all lines of whoever bought some. */
function lineTest(filter: Filter, entity: EntityName): Filter | undefined {
  return 'relation' in filter && filter.relation === entity && isPlainTest(filter) ? filter.where : undefined
}

function timeFor(entity: EntityName, constraint: Frame['constraints'][number] | undefined, { fn }: Measure): string {
  if (fn === 'winRate' || fn === 'cycleDays') return 'actual_close_date'
  return entity === 'opportunities' && constraint !== undefined && JSON.stringify(constraint.filter).includes('won')
    ? 'actual_close_date'
    : entities[entity].defaultTime
}

function retime(filter: Frame['constraints'][number]['filter'], from: string, to: string): Frame['constraints'][number]['filter'] {
  return JSON.parse(
    JSON.stringify(filter).replaceAll(`"field":"${from}"`, `"field":"${to}"`).replaceAll(`"field":"${from}.`, `"field":"${to}.`),
  ) as Frame['constraints'][number]['filter']
}
