import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'

/** Tables of schema chatsg that belong to no workspace, and why. */
const withoutWorkspace: Record<string, string> = {
  workspaces: 'the workspaces themselves; its own policy shows the one',
  schema_migrations: 'which migrations ran; nobody but the owner of the database writes it',
  audit_head: 'the audit chain is one for the installation; no role of the application reads or writes its head',
  audit_checkpoints: 'what retention removed from the beginning of that chain; the same',
  request_counts: 'requests counted by keyed hashes of addresses and people',
  sign_in_failures: 'failed sign-ins counted by keyed hashes of accounts',
  sign_in_addresses: 'where an account was signed in to from, both as keyed hashes',
  bans: 'addresses that are refused, whichever workspace they ask for',
  ban_allow_list: 'addresses that are never refused',
  deployments: 'which versions ran here',
  feature_flags: 'features switched on or off for the installation',
  feature_flag_changes: 'who switched them and when',
  insightly_limits: 'the limit of an Insightly key, kept by its hash, whichever workspace calls',
  insightly_calls: 'when calls with that key were made, not for whom or for what',
  insightly_waiting: 'which processes wait for a call with that key',
}
/** Functions that read as the owner and are about no workspace, and why. */
const withoutWorkspaceOfItsOwn: Record<string, string> = {
  refresh_statistics: 'analyses tables and answers nothing',
  refresh_growth: 'the same, from a smaller sample',
  finish_bulk_load: 'sorts waiting words into the index of search and answers nothing',
  agent_workflow_workspaces: 'tells which workspaces have workflows to go on with; members may not ask',
  insightly_workspaces: 'tells the mirror which workspaces it works for; members may not ask',
  interrupted_answer_workspaces: 'tells which workspaces have answers that nobody makes any more; members may not ask',
  insightly_hook_workspace: 'answers whose a secret token is',
  model_forget: 'removes what is older than it is kept for, and answers how much; members may not ask',
  model_spent: 'answers what the installation spent on models on a day, for its one budget; members may not ask',
  audit_hash_at: 'answers the hash of one link of the chain, which is of the installation',
}
/** Tables that somebody may read before a workspace is known, by a policy of another name. */
const ownPolicy = new Set(['sign_in_links', 'web_sessions'])
const applicationRoles = `(rolname in ('chatsg_app', 'chatsg_member', 'chatsg_accounts') or rolname ~ '^chatsg(_accounts)?_[0-9a-f]{12}$')`

let admin: pg.Client

beforeAll(async () => {
  admin = new pg.Client({ connectionString: inject('adminUrl') })
  await admin.connect()
})
afterAll(() => admin.end())

interface TableRow {
  name: string
  hasWorkspace: boolean
  secured: boolean
  policies: { name: string; permissive: boolean; using: string | null; check: string | null }[]
}

async function tables(): Promise<TableRow[]> {
  const { rows } = await admin.query<TableRow>(`
    select c.relname as name, c.relrowsecurity as secured,
      exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped) as "hasWorkspace",
      coalesce((select json_agg(json_build_object('name', p.polname, 'permissive', p.polpermissive, 'using', pg_get_expr(p.polqual, p.polrelid), 'check', pg_get_expr(p.polwithcheck, p.polrelid)))
        from pg_policy p where p.polrelid = c.oid), '[]') as policies
    from pg_class c where c.relnamespace = 'chatsg'::regnamespace and c.relkind in ('r', 'p') order by 1`)
  return rows
}

describe('row-level security', () => {
  it('is on, with a policy that names the workspace, for every table that has one', async () => {
    const all = await tables()
    const ofWorkspaces = all.filter(({ hasWorkspace }) => hasWorkspace)
    expect(ofWorkspaces.length).toBeGreaterThan(25)
    for (const { name, secured, policies } of ofWorkspaces) {
      expect(secured, `${name} has row-level security`).toBe(true)
      const permissive = policies.filter((policy) => policy.permissive)
      expect(permissive.length, `${name} has a policy`).toBeGreaterThan(0)
      // Permissive policies add up: each of them has to bind the row to the workspace.
      for (const { using, check } of permissive)
        expect(`${using ?? check}`, `${name}: a policy that opens it`).toMatch(
          ownPolicy.has(name) ? /app\.(workspace|token_hash)/ : /workspace_id = .*app\.workspace/s,
        )
    }
  })

  it('is missing only where the reason is known', async () => {
    const open = (await tables()).filter(({ hasWorkspace }) => !hasWorkspace).map(({ name }) => name)
    expect(open.filter((name) => !(name in withoutWorkspace))).toEqual([])
    expect(Object.keys(withoutWorkspace).filter((name) => !open.includes(name))).toEqual([])
  })

  it('binds every role the application works as: none bypasses it, is an owner, or may make roles', async () => {
    const { rows: roles } = await admin.query(
      `select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles where ${applicationRoles} order by 1`,
    )
    expect(roles.length).toBeGreaterThanOrEqual(5)
    for (const { rolname, ...rights } of roles)
      expect(rights, rolname).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, rolreplication: false })
    const { rows: owned } = await admin.query(
      `select c.oid::regclass::text as thing, rolname from pg_class c join pg_roles r on r.oid = c.relowner where ${applicationRoles}
       union all select p.oid::regprocedure::text, rolname from pg_proc p join pg_roles r on r.oid = p.proowner where ${applicationRoles}
       union all select n.nspname, rolname from pg_namespace n join pg_roles r on r.oid = n.nspowner where ${applicationRoles}`,
    )
    expect(owned).toEqual([])
    const { rows: members } = await admin.query(
      `select r.rolname as role, g.rolname as member_of from pg_auth_members m join pg_roles r on r.oid = m.member join pg_roles g on g.oid = m.roleid where ${applicationRoles.replaceAll('rolname', 'r.rolname')}`,
    )
    for (const { role, member_of } of members)
      expect(['chatsg_app', 'chatsg_member', 'chatsg_accounts'], `${role} is a member of ${member_of}`).toContain(member_of)
  })

  it('is passed by no function or view that does not state the workspace itself', async () => {
    const { rows: definers } = await admin.query<{ name: string; source: string; setting: string[] | null; public: boolean }>(
      `select p.proname as name, pg_get_functiondef(p.oid) as source, p.proconfig as setting, has_function_privilege('public', p.oid, 'execute') as public
       from pg_proc p where p.pronamespace = 'chatsg'::regnamespace and p.prosecdef`,
    )
    expect(definers.length).toBeGreaterThan(5)
    for (const { name, source, setting, public: isPublic } of definers) {
      expect(setting?.join() ?? '', `${name} fixes its search_path`).toMatch(/search_path=/)
      expect(isPublic, `${name} is not for everybody`).toBe(false)
      if (!(name in withoutWorkspaceOfItsOwn)) expect(source, `${name} states the workspace`).toMatch(/workspace|hidden_records/)
    }
    const { rows: views } = await admin.query<{ name: string; app: boolean; member: boolean; invoker: boolean }>(
      `select c.relname as name, has_table_privilege('chatsg_app', c.oid, 'select') as app, has_table_privilege('chatsg_member', c.oid, 'select') as member,
        coalesce('security_invoker=true' = any(c.reloptions), false) as invoker from pg_class c where c.relnamespace = 'chatsg'::regnamespace and c.relkind in ('v', 'm')`,
    )
    for (const view of views) expect(view.invoker || !(view.app || view.member), `${view.name} reads as its owner`).toBe(true)
  })

  it('leaves the login role nothing until it takes the rights of an actor', async () => {
    const client = new pg.Client({ connectionString: inject('applicationUrl') })
    await client.connect()
    await expect(client.query('select * from chatsg.contacts')).rejects.toMatchObject({ code: '42501' })
    await expect(client.query('set role postgres')).rejects.toMatchObject({ code: expect.stringMatching(/42501|22023/) })
    await client.end()
  })
})
