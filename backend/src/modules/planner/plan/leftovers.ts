import { says } from '#backend/modules/planner/language/says.ts'
import type { Filter } from '#contracts/query.ts'
import { unusedAlternatives } from './alternatives.ts'
import { contradiction } from './contradictions.ts'
import type { Frame } from './frame.ts'
import { before, next, type ParseState } from './parse-state.ts'
import { fieldOn } from './phrase.ts'
import { keyOf } from './sorting.ts'
import { noteUnmeant } from './unmeant.ts'
import { noteUnmetDeeds } from './unmet-deeds.ts'

/** Verbs that are denied as a whole: "never contacted", "have not ordered". */
const deniable = new Set(['contact', 'buy', 'sell', 'complete', 'convert', 'own', 'spend'])

/** Notes what was read but is no part of the plan: a word dropped in silence is a wrong answer. */
export function noteLeftovers(state: ParseState, frame: Frame): void {
  if (state.negated && !deniable.has(state.verb ?? '')) state.unexplained.push('not')
  if (state.totalTest !== undefined) state.unexplained.push(String(state.totalTest.value))
  if (state.countTest !== undefined) state.unexplained.push(String(state.countTest.value))
  if (new Set(state.measures).size > 1)
    state.unexplained.push(textOf(state, (item) => item.reading.kind === 'measure' && item.reading.measure === state.measures[1]))
  // "Revenue from new customers": how new is not said, so nothing narrows it.
  if (state.newOnes && frame.kind !== 'list' && !JSON.stringify(frame).includes('created_at'))
    state.unexplained.push(textOf(state, ({ reading }) => reading.kind === 'verb' && reading.verb === 'create'))
  noteLate(state, frame)
  // What came back is counted below zero.
  const returned = state.items.find(({ reading }) => reading.kind === 'state' && reading.state === 'returned')
  if (returned !== undefined && frame.kind === 'figure' && frame.measures.some(({ field }) => field === 'quantity'))
    state.unexplained.push(returned.lexeme.text)
  noteContradiction(state, frame)
  noteUnmeant(state, frame)
  noteUnmetDeeds(state, frame)
  noteOr(state, frame)
  noteDropped(state, frame)
  noteUncountable(state, frame)
  noteSort(state, frame)
}

function textOf(state: ParseState, test: (item: ParseState['items'][number]) => boolean): string {
  return state.items.find(test)?.lexeme.text ?? '?'
}

/** "Completed late" compares two times of a task, which no condition does: what is overdue is not done. */
function noteLate({ items, unexplained }: ParseState, { entity, constraints }: Frame): void {
  const said = items.flatMap(({ reading, lexeme }) => (reading.kind === 'state' ? [{ state: reading.state, text: lexeme.text }] : []))
  const late = said.find(({ state }) => state === 'overdue')
  if (entity !== 'tasks' || late === undefined) return
  const verb = items.some(
    ({ reading }) => (reading.kind === 'verb' && reading.verb === 'complete') || (reading.kind === 'field' && reading.concept === 'completed_at'),
  )
  if (verb || said.some(({ state }) => state === 'completed') || isExcluded(constraints.map(({ filter }) => filter))) unexplained.push(late.text)
}

/** No record meets both, so one of them was read wrong. */
function noteContradiction(state: ParseState, frame: Frame): void {
  const [, second] = contradiction(frame) ?? []
  if (second !== undefined) state.unexplained.push(state.items[second.at ?? -1]?.lexeme.text ?? '?')
}

/** One test wants a value that another one excludes. */
function isExcluded(filters: readonly Filter[]): boolean {
  const tests = filters.flatMap((filter) => ('and' in filter ? filter.and : [filter]))
  const excluded = tests.flatMap((test) => ('field' in test && test.op === 'notIn' ? [test] : []))
  return tests.some(
    (test) =>
      'field' in test && test.op === 'eq' && excluded.some(({ field, value }) => field === test.field && ([value].flat() as unknown[]).includes(test.value)),
  )
}

/** What was said of a noun and is nowhere in the plan. */
function noteDropped(state: ParseState, frame: Frame): void {
  const plan = JSON.stringify(frame)
  for (const { filter, at } of state.phrases.flatMap(({ constraints }) => constraints)) {
    const item = at === undefined ? undefined : state.items[at]
    if (item === undefined || !('field' in filter) || filter.value === undefined) continue
    const values: readonly unknown[] = Array.isArray(filter.value) ? filter.value : [filter.value]
    if (values.some((value) => !plan.includes(JSON.stringify(value)))) state.unexplained.push(item.lexeme.text)
  }
}

/** "Ordered by more than 3 customers": a number that the way to those it counts does not hold. */
function noteUncountable({ phrases, items, unexplained }: ParseState, frame: Frame): void {
  const plan = JSON.stringify(frame)
  for (const { count, at } of phrases) {
    if (count === undefined || plan.includes(`"op":"${count.op}","value":${count.value}`)) continue
    const said = items.slice(0, Math.max(at, 0)).findLast(({ reading }) => reading.kind === 'comparison' || reading.kind === 'number')
    unexplained.push(said?.lexeme.text ?? String(count.value))
  }
}

/** "In Porto or tagged vip": alternatives that became no alternative. */
function noteOr(state: ParseState, frame: Frame): void {
  for (const { lexeme } of unusedAlternatives(state, frame)) state.unexplained.push(lexeme.text)
  // "Not converted or rejected" denies both, which is no choice between them.
  for (const { reading, lexeme, index } of state.items) {
    if (reading.kind !== 'conjunction' || reading.word !== 'or') continue
    const [one, other] = [before(state, index), next(state, index)?.reading.kind]
    const verb = one?.reading.kind === 'verb' && state.verbNegated
    const denied = one?.reading.kind === 'state' && one.lexeme.text.split(' ').some((word) => says(word, 'not', state.world.language))
    const isListed = frame.constraints.some(({ filter }) => 'field' in filter && filter.op === 'notIn')
    if ((verb || (denied && !isListed)) && (other === 'value' || other === 'state' || other === 'verb')) state.unexplained.push(lexeme.text)
  }
}

/** Groups are put in the order of their figure or of what groups them. */
function noteSort(state: ParseState, frame: Frame): void {
  if (frame.kind !== 'groups' || state.sortBy === undefined || !('options' in state.sortBy)) return
  const found = fieldOn({ entity: frame.entity }, state.sortBy.options, state.world)
  const [group] = frame.groupBy
  const [measure] = frame.measures
  const direction = state.direction ?? 'desc'
  if (found !== undefined && group?.field === found.path) frame.sort = [{ by: found.path, direction: state.direction ?? 'asc' }]
  else if (found !== undefined && measure?.field === found.path) frame.sort = [{ by: keyOf(measure), direction }]
  else state.unexplained.push(textOf(state, (item) => item.reading.kind === 'sort'))
}
