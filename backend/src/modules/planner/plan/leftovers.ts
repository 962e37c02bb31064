import { unusedAlternatives } from './alternatives.ts'
import type { Frame } from './frame.ts'
import type { ParseState } from './parse-state.ts'
import { fieldOn } from './phrase.ts'
import { keyOf } from './sorting.ts'

/** Verbs that are denied as a whole: "never contacted", "have not ordered". */
const deniable = new Set(['contact', 'buy', 'sell', 'complete', 'convert', 'own', 'spend'])

/** Notes what was read but is no part of the plan: a word dropped in silence is a wrong answer. */
export function noteLeftovers(state: ParseState, frame: Frame): void {
  if (state.negated && !deniable.has(state.verb ?? '')) state.unexplained.push('not')
  if (state.countTest !== undefined) state.unexplained.push(String(state.countTest.value))
  if (new Set(state.measures).size > 1)
    state.unexplained.push(textOf(state, (item) => item.reading.kind === 'measure' && item.reading.measure === state.measures[1]))
  // "Revenue from new customers": how new is not said, so nothing narrows it.
  if (state.newOnes && frame.kind !== 'list' && !JSON.stringify(frame).includes('created_at'))
    state.unexplained.push(textOf(state, ({ reading }) => reading.kind === 'verb' && reading.verb === 'create'))
  noteOr(state, frame)
  noteDropped(state, frame)
  noteSort(state, frame)
}

function textOf(state: ParseState, test: (item: ParseState['items'][number]) => boolean): string {
  return state.items.find(test)?.lexeme.text ?? '?'
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

/** "In Porto or tagged vip": alternatives that became no alternative. */
function noteOr(state: ParseState, frame: Frame): void {
  for (const { lexeme } of unusedAlternatives(state, frame)) state.unexplained.push(lexeme.text)
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
