import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Constraint, Frame } from '#backend/modules/planner/plan/frame.ts'
import type { Filter } from '#contracts/query.ts'

interface Addresses {
  email: string | null
  domain: string | null
  name: string | null
  /** Of those who work there, where its own domain is not known. */
  staff: string[] | null
}

/** Addresses that are looked for one by one among those that a letter went to. */
const mostAddresses = 45

/** Letters to and from a person or company, and meetings attended by them, are theirs though they be linked to something else. */
export async function withActivityOf(tx: Transaction, frame: Frame): Promise<Frame> {
  if (frame.entity !== 'emails' && frame.entity !== 'events') return frame
  const constraints: Constraint[] = []
  for (const constraint of frame.constraints) {
    const { record, filter, side } = constraint
    const linked = record !== undefined && 'field' in filter && filter.field === 'related_id' && filter.op === 'eq'
    const known = linked ? await addressesOf(tx, record.entity, record.id) : undefined
    const tests = known === undefined ? [] : frame.entity === 'events' ? attended(known) : written(known, side)
    // Whom a letter is from is said by its address, when there is one.
    const isSure = side === undefined || known?.staff == null
    const own = side === undefined ? filter : goneThatWay(filter, side)
    const linkedToo = isSure && tests.length > 0 && side !== undefined ? [] : [own]
    const all = [...linkedToo, ...tests]
    constraints.push(linked ? { ...constraint, filter: all.length === 1 ? (all[0] as Filter) : { or: all } } : constraint)
  }
  return { ...frame, constraints }
}

async function addressesOf(tx: Transaction, entity: string, id: string): Promise<Addresses | undefined> {
  if (entity !== 'contacts' && entity !== 'leads' && entity !== 'organisations') return undefined
  const staff = sql`(select array_agg(email) from contacts c where c.workspace_id = ${tx.workspaceId} and c.organisation_id = ${id} and c.email is not null and c.deleted_at is null)`
  const columns =
    entity === 'organisations'
      ? sql`null::text as email, domain, name, case when coalesce(domain, '') = '' then ${staff} end as staff`
      : sql`email, null::text as domain, name, null as staff`
  const [row] = await tx.query<Addresses & Record<string, unknown>>(
    sql`select ${columns} from ${sql.identifier(entity)} where workspace_id = ${tx.workspaceId} and id = ${id} and deleted_at is null`,
  )
  return row
}

function attended({ email, name, domain }: Addresses): Filter[] {
  const texts = [email, domain === null ? null : `@${domain}`, domain === null ? name : null].filter((text): text is string => text !== null && text !== '')
  return texts.map((value): Filter => ({ field: 'attendees', op: 'contains', value }))
}

/** Linked to somebody, and gone that way. */
function goneThatWay(linked: Filter, side: 'from' | 'to'): Filter {
  return { and: [linked, { field: 'direction', op: 'eq', value: side === 'from' ? 'inbound' : 'outbound' }] }
}

function written({ email, domain, staff }: Addresses, side: Constraint['side']): Filter[] {
  if (staff !== null && staff.length > 0 && staff.length <= mostAddresses) {
    const sent: Filter[] = [{ field: 'from', op: 'in', value: staff }]
    const got = staff.map((value): Filter => ({ field: 'to', op: 'contains', value }))
    return side === 'from' ? sent : side === 'to' ? got : [...sent, ...got]
  }
  const address = email ?? (domain === null ? null : `@${domain}`)
  if (address === null || address === '') return []
  const from: Filter = email === null ? { field: 'from', op: 'endsWith', value: address } : { field: 'from', op: 'eq', value: address }
  const to: Filter = { field: 'to', op: 'contains', value: address }
  return side === 'from' ? [from] : side === 'to' ? [to] : [from, to]
}
