import type { Lexeme, Reading, ReadingKind } from '#backend/modules/planner/language/reading.ts'
import type { PlannerTurn } from '#backend/modules/planner/planner.types.ts'
import type { World } from '#backend/modules/planner/world/world.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { Filter } from '#contracts/query.ts'
import type { Frame } from '../frame.ts'
import { type Interpretation, interpret } from '../interpret.ts'
import { alongRoute, routeBetween } from '../routes.ts'

/** What may stand before "have" in a message about the records shown. */
const leading = new Set<ReadingKind>(['ask', 'anaphor', 'filler', 'followUp', 'preposition', 'conjunction', 'count'])

/** "Which of them have open deals", "without overdue tasks": those shown before that have such records, or none. */
export function withHeldRecords(lexemes: readonly Lexeme[], { frame: before }: PlannerTurn, world: World): { frame: Frame; best: Interpretation } | undefined {
  const at = lexemes.findIndex(({ readings }) => readings.some(({ reading }) => reading.kind === 'have' || reading.kind === 'negation'))
  const isLed = lexemes.slice(0, Math.max(at, 0)).every(({ readings }) => readings.some(({ reading }) => leading.has(reading.kind)))
  if (at === -1 || !isLed) return undefined
  let from = at
  let negated = false
  for (; lexemes[from]?.readings.some(({ reading }) => reading.kind === 'have' || reading.kind === 'negation'); from++)
    if (lexemes[from]?.readings.some(({ reading }) => reading.kind === 'negation')) negated = true
  const best = interpret(lexemes.slice(from), world, { hasMemory: false })[0]
  if (best === undefined || best.unexplained.length > 0 || !best.selfSufficient || best.state.phrases.length === 0) return undefined
  const { frame: said, state } = best
  const noun = state.items.find(({ reading }) => reading.kind === 'entity')?.reading
  const owner = ownerHeld(before, said.entity, noun, negated)
  if (owner !== undefined && said.constraints.length === 0) return { frame: counted(owner, lexemes.slice(0, at)), best }
  if (said.kind !== 'list' || said.limit !== undefined || said.fields.length > 0 || noun?.kind !== 'entity' || said.entity === before.entity) return undefined
  // "An e-mail" is an address.
  if (said.entity === 'emails' && !noun.plural) return undefined
  const route = routeBetween(before.entity, said.entity)
  const [first, ...rest] = route ?? []
  if (route === undefined || first === undefined || said.entity === 'users') return undefined
  const filters = said.constraints.map(({ filter }) => filter)
  const where: Filter | undefined = filters.length === 0 ? undefined : filters.length === 1 ? filters[0] : { and: filters }
  const whole = where ?? { field: 'id', op: 'isNotEmpty' as const }
  const held: Filter =
    first.kind === 'relation' && rest.length === 0
      ? { relation: first.name, ...(where === undefined ? {} : { where }), ...(negated ? { count: { op: 'eq', value: 0 } } : {}) }
      : negated
        ? { not: alongRoute(route, whole) }
        : alongRoute(route, whole)
  const frame = structuredClone(before)
  frame.assumptions = [...said.assumptions]
  delete frame.offset
  if (frame.kind === 'lookup') frame.kind = 'list'
  frame.constraints.push({ slot: `with:${said.entity}`, filter: held })
  return { frame: counted(frame, lexemes.slice(0, at)), best }
}

/** "Which have no owner": the one reference that is said as if it were had. */
function ownerHeld(before: Frame, entity: EntityName, noun: Reading | undefined, negated: boolean): Frame | undefined {
  if (entity !== 'users' || noun?.kind !== 'entity' || entities[before.entity].fields.owner === undefined) return undefined
  const frame = structuredClone(before)
  frame.assumptions = []
  delete frame.offset
  frame.constraints.push({ slot: 'owner', filter: { field: 'owner', op: negated ? 'isEmpty' : 'isNotEmpty' } })
  return frame
}

/** "How many of them have ..." counts what "which of them have ..." shows. */
function counted(frame: Frame, leads: readonly Lexeme[]): Frame {
  if (frame.kind !== 'list' || !leads.some(({ readings }) => readings.some(({ reading }) => reading.kind === 'count'))) return frame
  return { ...frame, kind: 'figure', measures: [{ fn: 'count' }], sort: [], fields: [] }
}
