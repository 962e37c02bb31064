import { says } from '#backend/modules/planner/language/says.ts'
import type { PlannerTurn } from '#backend/modules/planner/planner.types.ts'
import { entities } from '#contracts/entities.ts'
import type { Frame } from './frame.ts'
import type { ParseState } from './parse-state.ts'
import { toList } from './reshape.ts'

const besideSaying = new Set(['ask', 'filler', 'anaphor', 'verb'])

/** "What does it say?" of the one letter or note shown: its text. */
export function whatItSays({ items, asks, anaphor, world }: ParseState, { frame: before, shown }: PlannerTurn): Frame | undefined {
  const isOne = shown.ids.length === 1 && shown.entity === before.entity && entities[before.entity].fields.body !== undefined
  if (!isOne || !anaphor || !asks.includes('what') || items.some(({ reading }) => !besideSaying.has(reading.kind))) return undefined
  if (!items.some(({ lexeme }) => says(lexeme.text, 'itSays', world.language))) return undefined
  return { ...structuredClone(before), assumptions: [], kind: 'lookup', fields: ['body'] }
}

const ofOrigin = new Set(['filler', 'ask', 'preposition', 'anaphor', 'followUp', 'conjunction'])

/** "From where?" of records that have a source. */
export function fromWhere(state: ParseState, before: Frame): Frame | undefined {
  const asks = state.asks.includes('where') && state.items.every(({ reading }) => ofOrigin.has(reading.kind))
  const from = state.items.some(({ reading }) => reading.kind === 'preposition' && reading.word === 'from')
  if (!asks || !from || (before.kind !== 'list' && before.kind !== 'figure') || before.limit !== undefined) return undefined
  if (entities[before.entity].fields.source === undefined) return undefined
  const frame = toList({ ...structuredClone(before), assumptions: [] })
  return { ...frame, kind: 'groups', fields: [], groupBy: [{ field: 'source' }], measures: [{ fn: 'count' }], sort: [{ by: 'count', direction: 'desc' }] }
}

/** "Who wrote them?" of notes: whoever did, with how many. */
export function whoWrote(state: ParseState, before: Frame): Frame | undefined {
  const asks = state.verb === 'author' && state.anaphor && state.asks.includes('who') && state.phrases.every(({ at }) => at < 0)
  if (!asks || before.kind !== 'list' || before.limit === 1 || entities[before.entity].fields.author === undefined) return undefined
  const { limit: _, ...frame } = structuredClone(before)
  return {
    ...frame,
    assumptions: [],
    kind: 'groups',
    fields: [],
    groupBy: [{ field: 'author' }],
    measures: [{ fn: 'count' }],
    sort: [{ by: 'count', direction: 'desc' }],
  }
}
