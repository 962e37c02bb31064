import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { PostureCheck } from '#contracts/security.ts'

/** From PostgreSQL's own catalogue. */
export async function checkDatabase(tx: Transaction): Promise<PostureCheck[]> {
  return [await isolation(tx), await loginRole(tx)]
}

async function isolation(tx: Transaction): Promise<PostureCheck> {
  const base = { id: 'row-level-security', label: 'Isolation of workspaces' }
  const tables = await tx.query<{ name: string; guarded: boolean }>(sql`
    select c.relname as name, c.relrowsecurity and exists (select 1 from pg_policy p where p.polrelid = c.oid) as guarded
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped
    where n.nspname = 'chatsg' and c.relkind in ('r', 'p') order by 1`)
  const open = tables.filter(({ guarded }) => !guarded).map(({ name }) => name)
  if (open.length > 0)
    return {
      ...base,
      state: 'bad',
      detail: `Row-level security is off for ${open.join(', ')}. Somebody changed the database by hand; restore it from a backup.`,
    }
  return { ...base, state: 'good', detail: `Row-level security guards all ${tables.length} tables that belong to workspaces.` }
}

async function loginRole(tx: Transaction): Promise<PostureCheck> {
  const base = { id: 'login-role', label: 'Rights of the server in the database' }
  const [role] = await tx.query<{ name: string; mighty: boolean; owns: boolean }>(sql`
    select r.rolname as name, r.rolsuper or r.rolbypassrls or r.rolcreaterole as mighty,
      pg_has_role(r.oid, (select relowner from pg_class where oid = 'contacts'::regclass), 'member') as owns
    from pg_roles r where r.rolname = session_user`)
  if (role === undefined || role.mighty || role.owns)
    return {
      ...base,
      state: 'bad',
      detail: `The role ${role?.name ?? 'of the server'} may look past row-level security. Take that right from it, and restart.`,
    }
  return { ...base, state: 'good', detail: `The role ${role.name} cannot look past row-level security and does not own the tables.` }
}
