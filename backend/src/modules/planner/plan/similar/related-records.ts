import type { Transaction } from '#backend/infra/database/database.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { runQuery } from '#backend/modules/crm/index.ts'
import { phraseBook } from '#backend/modules/planner/phrases/phrases.ts'
import type { Constraint, Frame } from '#backend/modules/planner/plan/frame.ts'
import { underReference } from '#backend/modules/planner/plan/routes.ts'
import type { PlannerContext } from '#backend/modules/planner/planner.types.ts'
import type { EntityName } from '#contracts/entities.ts'
import type { Filter } from '#contracts/query.ts'
import { none } from './no-record.ts'

const pageOfIds = 1000
/** Most records that an activity may be about in one question; a filter holds so many ids. */
const mostIds = 10_000
const idsPerTest = 500

/** Replaces "about deals in Negotiation" by the deals' ids: an activity holds the id of what it is about, of whatever kind that is. */
export async function aboutRecords(tx: Transaction, frame: Frame, context: PlannerContext): Promise<Frame> {
  const constraints: Constraint[] = []
  for (const { about, ...constraint } of frame.constraints) {
    if (about === undefined) {
      constraints.push(constraint)
      continue
    }
    const linked = idTests('related_id', await idsOf(tx, about.entity, about.filter, context))
    const { side } = constraint
    const tests = side === undefined ? linked : await written(tx, about, linked, side, context)
    constraints.push({ ...constraint, filter: about.none === true ? { not: tests } : tests })
  }
  return { ...frame, constraints }
}

/** Addresses that are looked for one by one among those that a letter went to. */
const mostAddresses = 45

/** Letters of which somebody is the sender, or which went to them: by the address, or linked to them and gone that way. */
async function written(
  tx: Transaction,
  { entity, filter }: NonNullable<Constraint['about']>,
  linked: Filter,
  side: 'from' | 'to',
  context: PlannerContext,
): Promise<Filter> {
  const gone: Filter = { and: [linked, { field: 'direction', op: 'eq', value: side === 'from' ? 'inbound' : 'outbound' }] }
  const staff = entity === 'organisations'
  const of = staff && filter !== undefined ? underReference('organisation', filter) : filter
  const known: Filter = { field: 'email', op: 'isNotEmpty' }
  const employed: Filter[] = staff ? [{ field: 'organisation', op: 'isNotEmpty' }] : []
  const query = { entity: staff ? ('contacts' as const) : entity, filter: { and: [known, ...employed, ...(of === undefined ? [] : [of])] } }
  const { rows } = await runQuery(tx, { ...query, select: ['email'], limit: idsPerTest }, { now: context.now, timeZone: context.timeZone })
  const addresses = rows.map(({ email }) => String(email))
  if (addresses.length === 0 || (side === 'to' && addresses.length > mostAddresses)) return gone
  if (side === 'from') return { or: [gone, { field: 'from', op: 'in', value: addresses }] }
  return { or: [gone, ...addresses.map((value): Filter => ({ field: 'to', op: 'contains', value }))] }
}

/** Ids of the records a filter finds. @throws AppError VALIDATION when they are too many to be named in a query */
export async function idsOf(tx: Transaction, entity: EntityName, filter: Filter | undefined, { now, timeZone, language }: PlannerContext): Promise<string[]> {
  const ids: string[] = []
  for (let offset = 0; ; offset += pageOfIds) {
    const query = { entity, ...(filter === undefined ? {} : { filter }), select: ['id'], limit: pageOfIds, offset }
    const { rows } = await runQuery(tx, query, { now, timeZone })
    ids.push(...rows.map((row) => String(row.id)))
    if (rows.length < pageOfIds) return ids
    if (ids.length >= mostIds) throw new AppError('VALIDATION', phraseBook(language).dialogue.tooManyRelated(mostIds, entity))
  }
}

/** A test that a field holds one of many ids. */
export function idTests(field: string, ids: readonly string[]): Filter {
  if (ids.length === 0) return none
  const parts: Filter[] = []
  for (let from = 0; from < ids.length; from += idsPerTest) parts.push({ field, op: 'in', value: ids.slice(from, from + idsPerTest) })
  return parts.length === 1 ? (parts[0] as Filter) : { or: parts }
}
