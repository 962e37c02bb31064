import { newId } from '#backend/kernel/ids.ts'
import type { EntityName } from '#contracts/entities.ts'
import { createTestApp, type TestApp } from '../app.ts'
import type { TestWorkspace } from '../harness.ts'

export type Person = TestWorkspace['actor']

/** One workspace of the isolation test: its marker stands in every field of every record and in nothing of the others. */
export interface Tenant {
  test: TestApp
  /** Letters only, so that search keeps it as a word. */
  marker: string
  people: Person[]
  /** Ids of its records and other things, by kind. */
  ids: Map<EntityName | 'links' | 'sessions' | 'imports' | 'teams', string[]>
}

export const kinds: EntityName[] = [
  'organisations',
  'contacts',
  'leads',
  'opportunities',
  'products',
  'orders',
  'quotes',
  'quote_lines',
  'tasks',
  'events',
  'notes',
  'emails',
]

/** A valid record of this kind with the marker wherever a text may be. */
export function recordOf(entity: EntityName, marker: string, salt: string): Record<string, unknown> {
  const word = `${marker} ${salt}`
  const key = `${marker}-${salt}`
  switch (entity) {
    case 'organisations':
      return { name: word, external_id: key, domain: `${key}.example`, industry: marker, city: marker, tags: [marker] }
    case 'contacts':
      return {
        first_name: marker,
        last_name: salt,
        email: `${key}@x.example`,
        external_id: key,
        title: marker,
        city: marker,
        tags: [marker],
        custom: { word: marker },
      }
    case 'leads':
      return { first_name: marker, last_name: salt, email: `${key}@lead.example`, organisation: word, status: marker, source: marker }
    case 'opportunities':
      return { name: word, value: '100', currency: 'USD', pipeline: marker, stage: marker, organisation: `${marker} one`, tags: [marker] }
    case 'products':
      return { sku: key, name: word, description: word, category: marker, brand: marker }
    case 'orders':
      return {
        order_id: key,
        customer: `${marker}-one@x.example`,
        ordered_at: '2026-01-05T10:00:00Z',
        lines: [{ sku: key, description: word, quantity: 2, unit_price: '10' }],
      }
    case 'quotes':
      return { name: word, quote_number: key, status: marker, total: '100', currency: 'USD', contact_email: `${marker}-one@x.example`, tags: [marker] }
    case 'quote_lines':
      return { quote: `${marker}-one`, description: word, quantity: 1, total: '100', currency: 'USD' }
    case 'tasks':
      return { title: word, status: marker, priority: marker, tags: [marker] }
    case 'events':
      return { title: word, starts_at: '2026-01-05T10:00:00Z', attendees: [`${key}@x.example`] }
    case 'notes':
      return { title: word, body: word }
    default:
      return { from: `${key}@x.example`, to: [`${marker}@x.example`], subject: word, body: word }
  }
}

/** A workspace with people of four roles and some of everything, all of it marked. */
export async function createTenant(marker: string): Promise<Tenant> {
  const test = await createTestApp({ now: '2026-03-10T12:00:00Z', env: { RATE_LIMIT_MAX: '100000' } })
  const { actor, workspaceId, gold } = test
  const { services } = test.app
  await gold('update workspaces set name = $2 where id = $1', [workspaceId, marker])
  const others = await Promise.all((['manager', 'rep', 'viewer'] as const).map((role) => test.member(role, `${marker} ${role}`)))
  const team = newId()
  await gold('insert into teams (workspace_id, id, name, created_at) values ($1, $2, $3, now())', [workspaceId, team, marker])
  await gold('update users set team_id = $2 where workspace_id = $1', [workspaceId, team])
  const people = [actor, ...others]
  const ids: Tenant['ids'] = new Map([['teams', [team]]])
  await services.questions.addCustomField(actor, { entity: 'contacts', key: 'word', label: marker, type: 'text', choices: [] })
  for (const entity of kinds) {
    const made: string[] = []
    for (const salt of ['one', 'two', 'three', 'four']) {
      const related = entity === 'tasks' || entity === 'notes' || entity === 'emails' ? { related_type: 'contact', related_id: ids.get('contacts')?.[0] } : {}
      const visibility = entity === 'contacts' && salt === 'four' ? { visibility: 'owner' } : {}
      made.push((await services.records.createRecord(actor, entity, { ...recordOf(entity, marker, salt), ...related, ...visibility })).id)
    }
    ids.set(entity, made)
  }
  const [organisation, contact] = [ids.get('organisations')?.[0] as string, ids.get('contacts')?.[0] as string]
  ids.set('links', [(await services.links.addLink(actor, 'organisations', organisation, { entity: 'contact', recordId: contact, role: marker })).id])
  ids.set('sessions', [(await services.chat.ask(actor, { message: `contacts in ${marker}` }, { requestId: 'isolation' })).sessionId])
  await services.records.updateRecord(actor, 'contacts', contact, { title: `${marker} chief` })
  for (const entity of ['pipelines', 'stages', 'tags', 'users'] as const) {
    const rows = await gold<{ id: string }>(`select id from ${entity} where workspace_id = $1`)
    ids.set(
      entity,
      rows.map(({ id }) => id),
    )
  }
  const imports = await gold<{ id: string }>(
    `insert into imports (workspace_id, id, entity, file_name, format, status, actor_name, started_at) values ($1, $2, 'contacts', $3, 'csv', 'done', $3, now()) returning id`,
    [workspaceId, newId(), marker],
  )
  ids.set(
    'imports',
    imports.map(({ id }) => id),
  )
  return { test, marker, people, ids }
}

/** A checksum over every row of a workspace, past row-level security; the audit trail is written behind by a queue of its own, and who watches alerts says so all the time. */
export async function fingerprint({ test }: Tenant): Promise<Record<string, string>> {
  const tables = await test.gold<{ name: string; key: string }>(
    `select c.relname as name, case c.relname when 'workspaces' then 'id' else 'workspace_id' end as key from pg_class c
     where c.relnamespace = 'chatsg'::regnamespace and c.relkind = 'r' and c.relname !~ '^(audit|security)_' and c.relname <> 'alert_leaders'
       and (c.relname = 'workspaces' or exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped))`,
    [],
  )
  const sums: Record<string, string> = {}
  for (const { name, key } of tables) {
    const [row] = await test.gold<{ sum: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum from ${name} t where ${key} = $1`,
    )
    sums[name] = row?.sum as string
  }
  return sums
}
