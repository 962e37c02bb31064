import { says } from '#backend/modules/planner/language/says.ts'
import type { Filter } from '#contracts/query.ts'
import type { Frame } from './frame.ts'
import { before, type ParseState } from './parse-state.ts'
import { stateMeaning } from './states.ts'

/** Adds what nobody says because it goes without saying: deals that stand in a stage, and work that is due, are not done with. */
export function presumeOpen(state: ParseState, frame: Frame): void {
  if (frame.entity === 'opportunities') {
    openStage(state, frame)
    openWork(state, frame)
  } else openStagesOfOthers(state, frame)
  if (frame.entity === 'tasks') openTasks(state, frame)
}

const decided = new Set(['state', 'record', 'time:actual_close_date', 'alternatives'])
const rates = new Set(['winRate', 'cycleDays', 'share'])

/** "Deals in Proposal": where deals stand now; those closed left their stage behind. A stage that is called closed holds none. */
function openStage(state: ParseState, frame: Frame): void {
  const { world, asks } = state
  const { constraints, kind, measures } = frame
  if (kind === 'lookup' || kind === 'share' || measures.some(({ fn }) => rates.has(fn)) || asks.includes('when')) return
  const stages = constraints.flatMap(({ slot, filter }) =>
    slot === 'stage' && 'field' in filter && filter.field === 'stage' && (filter.op === 'eq' || filter.op === 'in') ? [filter.value].flat() : [],
  )
  const inPipeline = stages.length === 0 && isInPipeline(state, frame)
  if ((stages.length === 0 && !inPipeline) || constraints.some(({ slot }) => decided.has(slot)) || frame.groupBy.some(({ field }) => field === 'state')) return
  if (stages.some((stage) => isClosing(String(stage), world.language))) return
  frame.constraints.push({ slot: 'state', filter: { field: 'state', op: 'eq', value: 'open' } })
  frame.assumptions.push({ note: inPipeline ? 'inPipeline' : 'inStage' })
}

/** "Deals Tom is working on": nobody works on what is decided. */
function openWork({ items, world: { language } }: ParseState, { constraints, kind, groupBy }: Frame): void {
  if (kind === 'lookup' || constraints.some(({ slot }) => decided.has(slot)) || groupBy.some(({ field }) => field === 'state')) return
  const works = items.some(
    ({ reading, lexeme }) => reading.kind === 'verb' && (reading.verb === 'own' || reading.verb === 'work') && says(lexeme.text, 'worksOn', language),
  )
  if (works) constraints.push({ slot: 'state', filter: { field: 'state', op: 'eq', value: 'open' } })
}

/** "Companies with a deal in Proposal": theirs stand there now, too. */
function openStagesOfOthers({ world }: ParseState, frame: Frame): void {
  const open: Filter = { field: 'state', op: 'eq', value: 'open' }
  const opened = (filter: Filter): Filter => {
    if ('not' in filter) return { not: opened(filter.not) }
    if (!('relation' in filter) || filter.where === undefined || !/(?:^|\.)opportunities$/.test(filter.relation)) return filter
    const tests = 'and' in filter.where ? filter.where.and : [filter.where]
    const stages = tests.flatMap((test) => ('field' in test && test.field === 'stage' && (test.op === 'eq' || test.op === 'in') ? [test.value].flat() : []))
    const isDecided = JSON.stringify(tests).match(/"field":"(?:state|actual_close_date|id)"/) !== null
    if (stages.length === 0 || isDecided || stages.some((stage) => isClosing(String(stage), world.language))) return filter
    return { ...filter, where: { and: [...tests, open] } }
  }
  for (const constraint of frame.constraints) {
    const filter = opened(constraint.filter)
    if (JSON.stringify(filter) === JSON.stringify(constraint.filter)) continue
    constraint.filter = filter
    frame.assumptions.push({ note: 'inStage' })
  }
}

/** "How much is in the Renewals pipeline": what stands in it, when no deals are named whose states could be any. */
function isInPipeline(state: ParseState, { constraints, kind, measures }: Frame): boolean {
  const named = constraints.some(({ slot, filter }) => slot === 'pipeline' && 'field' in filter && filter.field === 'pipeline' && filter.op === 'eq')
  return (
    named &&
    kind === 'figure' &&
    state.asks.includes('howMuch') &&
    measures[0]?.fn === 'sum' &&
    measures[0].field === 'value' &&
    !state.items.some(({ reading }) => reading.kind === 'entity' && reading.entity === 'opportunities')
  )
}

/** "Closed won", "Lost": a stage in which nothing is open. */
function isClosing(stage: string, language: ParseState['world']['language']): boolean {
  return stage.split(/[^\p{L}]+/u).some((word) => says(word.toLowerCase(), 'closedStage', language))
}

const finished = new Set(['state', 'status', 'record', 'time:completed_at', 'alternatives', 'text', 'title'])

/** "Tasks due this week", "do I have any urgent tasks": what is finished is neither due nor to be done. */
function openTasks(state: ParseState, frame: Frame): void {
  const { constraints, kind } = frame
  if ((kind !== 'list' && kind !== 'figure' && kind !== 'groups') || frame.groupBy.some(({ field }) => ['status', 'state', 'completed_at'].includes(field)))
    return
  if (constraints.some(({ slot }) => finished.has(slot)) || state.verb === 'complete' || state.verb === 'create') return
  const due = constraints.find(({ slot }) => slot === 'time:due_at')?.filter
  const pressing = saysDue(state) ? due !== undefined && !isOver(due, state.world.now) : asksWhetherOneHas(state) && due === undefined
  const open = pressing ? stateMeaning('open', 'tasks', state.world)?.filter : undefined
  if (open === undefined) return
  frame.constraints.push({ slot: 'state', filter: open })
  frame.assumptions.push({ note: 'openTasks' })
}

function saysDue({ items, verb }: ParseState): boolean {
  return verb === 'due' || items.some(({ reading }) => reading.kind === 'field' && reading.concept === 'due_at')
}

/** "Do I have any ...": what one has to do, unless a time says that it is over. */
function asksWhetherOneHas(state: ParseState): boolean {
  const { items, whether, periods } = state
  return whether && periods === 0 && items.some(({ reading, index }) => reading.kind === 'have' && before(state, index)?.reading.kind === 'me')
}

/** It ends before now. */
function isOver(filter: Filter, now: Date | undefined): boolean {
  if (!('field' in filter) || filter.op !== 'during' || typeof filter.value !== 'object' || Array.isArray(filter.value)) return true
  const { value } = filter
  if ('last' in value) return true
  if ('to' in value || 'from' in value) return value.to !== undefined && now !== undefined && Date.parse(value.to) <= now.getTime()
  return 'period' in value && typeof value.offset === 'number' && value.offset < 0
}
