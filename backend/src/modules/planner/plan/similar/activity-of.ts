import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Constraint, Frame } from '#backend/modules/planner/plan/frame.ts'
import type { Filter } from '#contracts/query.ts'

interface Addresses {
  email: string | null
  domain: string | null
  name: string | null
}

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
    constraints.push(
      tests.length === 0
        ? constraint
        : { ...constraint, filter: side === undefined ? { or: [filter, ...tests] } : tests.length === 1 ? (tests[0] as Filter) : { or: tests } },
    )
  }
  return { ...frame, constraints }
}

async function addressesOf(tx: Transaction, entity: string, id: string): Promise<Addresses | undefined> {
  if (entity !== 'contacts' && entity !== 'leads' && entity !== 'organisations') return undefined
  const columns = entity === 'organisations' ? sql`null::text as email, domain, name` : sql`email, null::text as domain, name`
  const [row] = await tx.query<Addresses & Record<string, unknown>>(
    sql`select ${columns} from ${sql.identifier(entity)} where workspace_id = ${tx.workspaceId} and id = ${id} and deleted_at is null`,
  )
  return row
}

function attended({ email, name, domain }: Addresses): Filter[] {
  const texts = [email, domain === null ? null : `@${domain}`, domain === null ? name : null].filter((text): text is string => text !== null && text !== '')
  return texts.map((value): Filter => ({ field: 'attendees', op: 'contains', value }))
}

function written({ email, domain }: Addresses, side: Constraint['side']): Filter[] {
  const address = email ?? (domain === null ? null : `@${domain}`)
  if (address === null || address === '') return []
  const from: Filter = email === null ? { field: 'from', op: 'endsWith', value: address } : { field: 'from', op: 'eq', value: address }
  const to: Filter = { field: 'to', op: 'contains', value: address }
  return side === 'from' ? [from] : side === 'to' ? [to] : [from, to]
}
