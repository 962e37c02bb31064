import { type SQL, sql, type Transaction } from '#backend/infra/database/database.ts'
import { refuseNotShown } from '#backend/modules/crm/index.ts'
import type { Note, SharedKey } from '#backend/modules/planner/phrases/notes.ts'
import type { Expansion, Frame } from '#backend/modules/planner/plan/frame.ts'
import { entities } from '#contracts/entities.ts'
import { none } from './no-record.ts'

/** Records shown of those that share a value. */
const mostRecords = 400

interface Key {
  /** What is compared, as SQL over one row; null is never the same as null. */
  of: SQL
  name: SharedKey
}

const name = sql`nullif(fold(name), '')`

/** What two records of an entity may share to be taken for one, by the field that names it. */
const keys: Readonly<Record<string, Readonly<Record<string, Key>>>> = {
  contacts: {
    email: { of: sql`email_key`, name: 'email' },
    phone: { of: sql`phone_key`, name: 'phone' },
    mobile: { of: sql`mobile_key`, name: 'mobile' },
    name: { of: name, name: 'name' },
    nameAndOrganisation: { of: sql`${name} || ' ' || organisation_id::text`, name: 'nameAndOrganisation' },
  },
  leads: {
    email: { of: sql`email_key`, name: 'email' },
    phone: { of: sql`phone_key`, name: 'phone' },
    name: { of: name, name: 'name' },
    nameAndOrganisation: { of: sql`${name} || ' ' || nullif(fold(organisation), '')`, name: 'nameAndOrganisation' },
  },
  organisations: {
    domain: { of: sql`domain_key`, name: 'domain' },
    phone: { of: sql`phone_key`, name: 'phone' },
    name: { of: name, name: 'name' },
  },
  products: { sku: { of: sql`lower(sku)`, name: 'sku' }, name: { of: name, name: 'name' } },
  opportunities: { name: { of: name, name: 'name' } },
}

/** What makes two records the same when nobody says it. */
const usual: Readonly<Record<string, readonly string[]>> = {
  contacts: ['email', 'phone', 'mobile', 'nameAndOrganisation'],
  leads: ['email', 'phone', 'nameAndOrganisation'],
  organisations: ['domain', 'name'],
  products: ['sku', 'name'],
  opportunities: ['name'],
}

/** Whether records of an entity can be compared, and by which of the fields named. */
export function comparableBy(entity: string, fields: readonly string[]): readonly string[] | undefined {
  const known = keys[entity]
  if (known === undefined) return undefined
  const wanted = fields.length === 0 ? usual[entity] : fields
  return wanted?.every((field) => known[field] !== undefined) ? wanted : undefined
}

/** Restricts a frame to records that share an e-mail, phone, domain or name with another one, and says what was compared. */
export async function duplicatesOf(tx: Transaction, frame: Frame, { by, of }: Extract<Expansion, { kind: 'duplicates' }>): Promise<Frame> {
  const known = keys[frame.entity] ?? {}
  const hidden = await tx.hidden()
  const missing = by.filter((field) => hidden.hides(frame.entity, field))
  if (missing.length === by.length && by.length > 0) throw refuseNotShown(frame.entity, missing)
  const compared = by.filter((field) => !missing.includes(field)).flatMap((field) => known[field] ?? [])
  const table = sql.identifier(entities[frame.entity].table)
  const rows = sql`select id, created_at, ${sql.join(
    compared.map((key, index) => sql`${key.of} as ${sql.identifier(`key_${index}`)}`),
    sql`, `,
  )} from ${table} where workspace_id = ${tx.workspaceId} and deleted_at is null`
  const shared = compared.map((_, index) => {
    const key = sql.identifier(`key_${index}`)
    return of === undefined
      ? sql`select id, min(created_at) over (partition by ${key}) as first, ${key} as key from compared where ${key} in (select ${key} from compared where ${key} is not null group by 1 having count(*) > 1)`
      : sql`select id, created_at as first, ${key} as key from compared where id <> ${of.id} and ${key} = (select ${key} from compared where id = ${of.id})`
  })
  const found = await tx.query<{ id: string }>(
    sql`with compared as (${rows}) select id from (${sql.join(shared, sql` union all `)}) same group by id order by min(first), min(key), id limit ${mostRecords + 1}`,
  )
  const ids = found.slice(0, mostRecords).map(({ id }) => id)
  const names = compared.map((key) => key.name)
  const rule: Note = of === undefined ? { note: 'sameKeys', keys: names } : { note: 'comparedWith', label: of.label, keys: names }
  return {
    ...frame,
    constraints: [...frame.constraints, { slot: 'same', filter: ids.length === 0 ? none : { field: 'id', op: 'in', value: ids } }],
    sort: frame.kind === 'list' && frame.sort.length === 0 ? [{ by: sortedBy(frame.entity, by), direction: 'asc' }] : frame.sort,
    assumptions: [...frame.assumptions, rule, ...(found.length > mostRecords ? [{ note: 'firstOfSame' as const, count: mostRecords }] : [])],
  }
}

function sortedBy(entity: Frame['entity'], by: readonly string[]): string {
  const [first] = by
  return by.length === 1 && first !== undefined && entities[entity].fields[first] !== undefined ? first : entities[entity].labelField
}
