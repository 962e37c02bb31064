import type { Lexeme } from '#backend/modules/planner/language/reading.ts'
import type { PlannerTurn } from '#backend/modules/planner/planner.types.ts'
import type { World } from '#backend/modules/planner/world/world.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import { emptyFrame, type Frame } from '../frame.ts'
import { type Interpretation, interpret } from '../interpret.ts'
import { keyOf } from '../sorting.ts'
import { asFieldsOf, isPersonal } from './point-back.ts'

const references: Readonly<Partial<Record<EntityName, string>>> = {
  users: 'owner',
  organisations: 'organisation',
  contacts: 'contact',
  stages: 'stage',
  pipelines: 'pipeline',
}

/** "Who is the owner?", "which company?" of the one record shown: a field of it that names another record. */
export function referredField({ state, frame }: Interpretation, { frame: before, shown }: PlannerTurn): Frame | undefined {
  const field = references[frame.entity]
  const nouns = state.items.flatMap(({ reading }) => (reading.kind === 'entity' ? [reading] : []))
  if (field === undefined || nouns.length !== 1 || state.count) return undefined
  if (nouns[0]?.plural !== false && (shown.ids.length < 2 || field !== 'owner')) return undefined
  if (frame.kind !== 'list' || frame.constraints.length > 0 || frame.sort.length > 0 || frame.limit !== undefined || state.anaphor) return undefined
  if (frame.entity === before.entity || entities[before.entity].fields[field] === undefined) return undefined
  if (shown.ids.length === 1) return { ...structuredClone(before), kind: 'lookup', fields: [field], assumptions: [] }
  // "Owner?" of several is told beside each of them.
  const bare = state.items.every(({ reading }) => ['filler', 'followUp', 'conjunction', 'entity', 'group'].includes(reading.kind))
  if (!bare || (before.kind !== 'list' && before.kind !== 'figure')) return undefined
  if (before.kind === 'list') return { ...structuredClone(before), fields: [field], assumptions: [] }
  const [measure] = before.measures
  if (measure === undefined || before.measures.length > 1) return undefined
  return { ...structuredClone(before), kind: 'groups', groupBy: [{ field }], sort: [{ by: keyOf(measure), direction: 'desc' }], assumptions: [] }
}

/** "What is his e-mail?" after the owner or the contact of a record was told: a field of that person. */
export function fieldOfPerson(
  lexemes: readonly Lexeme[],
  own: Interpretation | undefined,
  { shown }: PlannerTurn,
  world: World,
): { frame: Frame; best: Interpretation } | undefined {
  // "Their" may be one whose name says neither he nor she.
  const singular = own?.state.anaphor === true && shown.ids.length === 1
  const told = shown.person ?? shown.contact
  if (told === undefined || own === undefined || !(isPersonal(own) || (singular && shown.person !== undefined))) return undefined
  const entity = shown.person === undefined ? 'contacts' : 'users'
  const best = interpret(asFieldsOf(entity, lexemes), world, { hasMemory: true, context: entity })[0]
  if (best === undefined || best.unexplained.length > 0 || best.selfSufficient || best.frame.fields.length === 0) return undefined
  const frame = emptyFrame(entity)
  frame.kind = 'lookup'
  frame.fields = best.frame.fields
  frame.constraints = [{ slot: 'record', filter: { field: 'id', op: 'eq', value: told.id } }]
  return { frame, best }
}
