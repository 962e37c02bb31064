import type { Transaction } from '#backend/infra/database/database.ts'
import { runQuery } from '#backend/modules/crm/index.ts'
import type { Expansion, Frame } from '#backend/modules/planner/plan/frame.ts'
import type { ParseState } from '#backend/modules/planner/plan/parse-state.ts'
import { fieldOn, type Phrase } from '#backend/modules/planner/plan/phrase.ts'
import type { PlannerContext } from '#backend/modules/planner/planner.types.ts'
import { entities } from '#contracts/entities.ts'
import { comparableBy } from './duplicates.ts'
import { none } from './no-record.ts'

/** Fields whose value can be that of another record; figures and times are only near to each other. */
const shared = new Set(['text', 'choice', 'reference', 'currency'])

/** "Contacts in the same city as Acme": the record named says the value and is none of those asked for. */
export function sharesWith(state: ParseState, head: Phrase): void {
  const [field] = state.fields
  const constraint = head.constraints.find(({ record }) => record !== undefined)
  const record = constraint?.record
  if (!state.sharing || field === undefined || state.fields.length > 1 || record === undefined) return
  // Whoever has the same address may be the same person.
  if (record.entity === head.entity && comparableBy(head.entity, [field.concept]) !== undefined) return
  const own = fieldOn(head, field.options, state.world)
  const theirs = fieldOn(record, field.options, state.world)
  if (own === undefined || theirs === undefined || !shared.has(own.type) || own.type !== theirs.type) return
  head.constraints = head.constraints.filter((one) => one !== constraint)
  state.sameAs = { kind: 'sameAs', of: record, own: own.path, theirs: theirs.path }
  state.fields = []
  state.records = []
  state.sharing = false
}

/** Restricts a frame to records that have in one field what the record named has, which is said with the answer. */
export async function sameAs(
  tx: Transaction,
  frame: Frame,
  { of, own, theirs }: Extract<Expansion, { kind: 'sameAs' }>,
  { now, timeZone }: PlannerContext,
): Promise<Frame> {
  const { rows } = await runQuery(tx, { entity: of.entity, filter: { field: 'id', op: 'eq', value: of.id }, select: [theirs] }, { now, timeZone })
  const [row] = rows
  const told = row?.[theirs]
  const value = entities[of.entity].fields[theirs]?.type === 'reference' ? row?.[`${theirs}_id`] : told
  if (typeof value !== 'string' || value === '')
    return {
      ...frame,
      constraints: [...frame.constraints, { slot: 'same', filter: none }],
      assumptions: [...frame.assumptions, { note: 'tooLittleKnown', label: of.label }],
    }
  const others = of.entity === frame.entity ? [{ slot: 'others', filter: { field: 'id', op: 'ne' as const, value: of.id } }] : []
  return {
    ...frame,
    constraints: [...frame.constraints, { slot: 'same', filter: { field: own, op: 'eq', value } }, ...others],
    assumptions: [...frame.assumptions, { note: 'similar', label: of.label, tests: [{ entity: of.entity, field: theirs, value: String(told) }] }],
  }
}
