import type { ReadingKind } from '#backend/modules/planner/language/reading.ts'
import type { PlannerTurn } from '#backend/modules/planner/planner.types.ts'
import { entities } from '#contracts/entities.ts'
import { emptyFrame, type Frame } from '../frame.ts'
import type { Interpretation } from '../interpret.ts'
import { stateMeaning } from '../states.ts'

/** "Who else works there?" after one person was told: the others of the same organisation. */
export function colleaguesOfShown({ state, frame, unexplained }: Interpretation, { shown }: PlannerTurn): Frame | undefined {
  const [id] = shown.ids
  if (shown.entity !== 'contacts' || shown.ids.length !== 1 || id === undefined) return undefined
  if (state.verb !== 'work' || !state.asks.includes('who') || !state.anaphor || state.phrases.some(({ at }) => at >= 0)) return undefined
  if (unexplained.length > 0 || frame.constraints.length > 0 || state.records.length > 0) return undefined
  const colleagues = emptyFrame('contacts')
  colleagues.constraints = [
    { slot: 'colleagues', filter: { relation: 'organisation.contacts', where: { field: 'id', op: 'eq', value: id } } },
    { slot: 'record', filter: { field: 'id', op: 'ne', value: id } },
  ]
  colleagues.assumptions = [{ note: 'colleagues' }]
  return colleagues
}

/** "What else does he own?", "what else does she have open?" after the owner of a record was told: the other records of that person. */
export function othersOfPerson({ state, frame: said }: Interpretation, { shown, frame }: PlannerTurn): Frame | undefined {
  const { person } = shown
  const states = state.items.flatMap(({ reading }) => (reading.kind === 'state' ? (stateMeaning(reading.state, frame.entity, state.world) ?? []) : []))
  const has = states.length > 0 && state.fields.length === 0 && state.items.some(({ reading }) => reading.kind === 'have')
  if (person === undefined || (state.verb !== 'own' && !has) || !state.anaphor || state.phrases.some(({ at }) => at >= 0)) return undefined
  if (state.asks.includes('who') || state.records.length > 0 || entities[frame.entity].fields.owner === undefined) return undefined
  const owned = emptyFrame(frame.entity)
  owned.constraints = [{ slot: 'owner', filter: { field: 'owner', op: 'eq', value: person.id } }]
  for (const { slot, filter } of states) if (filter !== undefined) owned.constraints.push({ slot, filter })
  // "In Spain": of those that are his.
  if (said.entity === frame.entity) owned.constraints.push(...said.constraints.filter(({ slot }) => slot !== 'owner' && slot !== 'record' && slot !== 'state'))
  return owned
}

const quiet = new Set<ReadingKind>(['filler', 'ask', 'followUp', 'conjunction', 'preposition', 'anaphor', 'have'])
const inside = new Set(['in', 'on', 'inside', 'within'])

/** "What was in it?" after one order: its lines. */
export function linesOfShown({ state }: Interpretation, { shown }: PlannerTurn): Frame | undefined {
  const [id] = shown.ids
  if (shown.entity !== 'orders' || shown.ids.length !== 1 || id === undefined || !state.anaphor) return undefined
  const within = state.items.some(
    ({ reading }, at) => reading.kind === 'preposition' && inside.has(reading.word) && state.items[at + 1]?.reading.kind === 'anaphor',
  )
  if (!within || state.asks.includes('where') || state.asks.includes('when') || state.asks.includes('who')) return undefined
  if (!state.items.every(({ reading }) => quiet.has(reading.kind))) return undefined
  const lines = emptyFrame('order_lines')
  lines.constraints = [{ slot: 'record:orders', filter: { field: 'order_id', op: 'eq', value: id } }]
  return lines
}
