import type { PoolClient } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { AppError } from '#backend/kernel/errors.ts'
import type { Random } from './random.ts'
import { kinds, type Person, type Tenant } from './tenant.ts'

const tables = [
  ...kinds,
  'order_lines',
  'pipelines',
  'stages',
  'users',
  'tags',
  'teams',
  'custom_fields',
  'field_values',
  'search_documents',
  'search_words',
  'search_deletions',
  'record_links',
  'field_history',
  'imports',
  'import_changes',
  'chat_sessions',
  'chat_messages',
  'workspaces',
] as const
/** SQLSTATEs by which the database refuses: rights, row-level security, foreign keys, uniqueness, what COPY or an insert into a computed column may not do. */
const refusals = new Set(['42501', '23503', '23505', '23502', '0A000', '22023', '23514', '428C9'])

interface Attack {
  statements: string[]
  /** Undone afterwards, since it is aimed at whatever it can reach, one's own rows too. */
  undone?: boolean
}

function attackOn(victim: Tenant, own: Tenant, random: Random): Attack {
  const table = random.pick(tables)
  const key = table === 'workspaces' ? 'id' : 'workspace_id'
  const { workspaceId } = victim.test
  const theirs = `${key} = '${workspaceId}'`
  const kind = random.pick(kinds)
  const id = random.pick(victim.ids.get(kind) as string[])
  const ownContact = random.pick(own.ids.get('contacts') as string[])
  const victimIds = `array['${(victim.ids.get(kind) as string[]).join("','")}']::uuid[]`
  const rights = [
    { statements: [`select * from chatsg_accounts.account`] },
    { statements: [`set local role chatsg_accounts`, `select * from chatsg_accounts.user`] },
  ]
  return random.pick<Attack>([
    { statements: [`select t.*, t.tableoid::regclass from ${table} t where ${theirs}`] },
    { statements: [`select * from ${table}`] },
    { statements: [`select row_to_json(t) from ${table} t where t::text ilike '%${victim.marker}%'`] },
    { statements: [`select * from ${kind} where id = '${id}'`] },
    { statements: [`select count(*)::int as found from ${kind} where id = any(${victimIds})`] },
    { statements: [`update ${kind} set updated_at = now(), deleted_at = now() where workspace_id = '${workspaceId}' returning *`] },
    { statements: [`update ${table} set ${key} = '${workspaceId}' where ${key} = '${own.test.workspaceId}' returning *`], undone: true },
    { statements: [`delete from ${table} where ${theirs} returning *`] },
    { statements: [`delete from ${table} returning *`], undone: true },
    { statements: [`update ${kind} set updated_at = now() returning *`], undone: true },
    {
      statements: [
        `insert into contacts (workspace_id, id, last_name, created_at, updated_at) values ('${workspaceId}', gen_random_uuid(), 'planted', now(), now()) returning *`,
      ],
    },
    {
      statements: [
        `insert into notes (workspace_id, id, body, related_type, related_id, created_at, updated_at) values ('${workspaceId}', gen_random_uuid(), 'planted', 'contact', '${id}', now(), now())`,
      ],
    },
    { statements: [`insert into ${table} select * from ${table} where ${theirs} returning *`] },
    {
      statements: [
        `update contacts set organisation_id = '${random.pick(victim.ids.get('organisations') as string[])}' where id = '${ownContact}' returning *`,
      ],
      undone: true,
    },
    {
      statements: [
        `select c.*, o.* from contacts c full join organisations o on o.id = c.organisation_id where o.workspace_id = '${workspaceId}' or c.workspace_id = '${workspaceId}'`,
      ],
    },
    {
      statements: [
        `select * from search_candidates(array['{${victim.marker}}'], array['contacts', 'organisations', 'opportunities', 'notes', 'orders'], 1000)`,
      ],
    },
    { statements: [`select * from restricted_among(${victimIds})`] },
    { statements: [`select hidden_keys('contacts', array['${victim.marker}-one', '${victim.marker}-four'])`] },
    { statements: [`select list_tags(array['${victim.marker}'])`] },
    { statements: [`select is_hidden('${kind}', '${id}'), has_restrictions()`] },
    { statements: [`select * from pg_stats where schemaname = 'chatsg'`] },
    { statements: [`set local row_security = off`, `select * from ${table}`] },
    { statements: [`reset role`, `select * from chatsg.${table}`] },
    { statements: [`copy ${table} from '/etc/hostname'`] },
    { statements: [`alter table ${table} disable row level security`] },
    { statements: [`create policy mine on ${table} using (true)`] },
    { statements: [`with gone as (delete from ${kind} where id = '${id}' returning *) select * from gone`] },
    { statements: [`merge into ${kind} t using (select '${id}'::uuid as id) s on t.id = s.id when matched then delete`] },
    { statements: [`select * from ${kind} where id = '${id}' for update`] },
    ...rights,
  ])
}

class Undone extends Error {}

/** Runs hostile statements as a person in the person's own workspace; answers every row that came back, or the refusal. */
export async function attack(own: Tenant, person: Person, victim: Tenant, random: Random): Promise<unknown> {
  const { statements, undone = false } = attackOn(victim, own, random)
  const copied = random.chance(0.03) ? random.pick(tables) : undefined
  const rows: unknown[] = []
  try {
    await own.test.database.transaction(
      person,
      async ({ client }) => {
        if (copied !== undefined) rows.push(await copyOut(client, copied))
        else for (const statement of statements) rows.push(...(await client.query(statement)).rows)
        if (undone) throw new Undone()
      },
      { copies: copied !== undefined },
    )
  } catch (error) {
    if (error instanceof Undone) return rows
    const { code, message } = (error instanceof AppError ? error.cause : error) as { code?: string; message: string }
    if (code === undefined || !refusals.has(code)) throw new Error(`${statements.join('; ')}: ${code} ${message}`, { cause: error })
    return { refused: code, message }
  }
  return rows
}

async function copyOut(client: PoolClient, table: string): Promise<string> {
  let text = ''
  for await (const part of client.query(copyTo(`copy ${table} to stdout`))) text += String(part)
  return text
}
