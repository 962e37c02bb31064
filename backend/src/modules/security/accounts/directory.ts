import pg from 'pg'
import type { Role } from '#backend/kernel/actor.ts'
import { isUuid, newId } from '#backend/kernel/ids.ts'

export interface DirectoryPerson {
  id: string
  name: string
  email: string | null
  role: Role
  active: boolean
  hasAccount: boolean
  twoFactorEnabled: boolean
  workspaceId: string
  workspace: string
}

/** What spans workspaces, for whoever runs the server; read as the database's owner, since no actor sees more than one. */
export function createDirectory(adminUrl: string) {
  async function query<R extends object>(text: string, values: readonly unknown[]): Promise<R[]> {
    const client = new pg.Client({ connectionString: adminUrl, application_name: 'chatsg directory', options: '-c search_path=chatsg' })
    // What it tells beside a failed statement is the same failure again.
    client.on('error', () => undefined)
    await client.connect()
    try {
      return (await client.query(text, [...values])).rows as R[]
    } finally {
      await client.end()
    }
  }

  return {
    /** The workspace of this name or id. */
    async findWorkspace(nameOrId: string): Promise<{ id: string; name: string } | undefined> {
      const [found] = await query<{ id: string; name: string }>(
        `select id, name from workspaces where ${isUuid(nameOrId) ? 'id = $1::uuid' : 'lower(name) = lower($1)'} order by created_at, id limit 1`,
        [nameOrId],
      )
      return found
    },

    async createWorkspace(name: string): Promise<{ id: string; name: string }> {
      const workspace = { id: newId(), name }
      await query('insert into workspaces (id, name) values ($1, $2)', [workspace.id, name])
      return workspace
    },

    /** @param person an id or an address; everybody without it */
    async listPeople({ person, workspaceId }: { person?: string; workspaceId?: string } = {}): Promise<DirectoryPerson[]> {
      const isId = person !== undefined && isUuid(person)
      return query<DirectoryPerson>(
        `select u.id, u.name, case when a.email like '%@no-address.invalid' then u.email else coalesce(a.email, u.email) end as email, u.role, u.active,
           a.id is not null as "hasAccount", coalesce(a.two_factor_enabled, false) as "twoFactorEnabled", w.id as "workspaceId", w.name as workspace
         from users u join workspaces w on w.id = u.workspace_id
         left join chatsg_accounts.membership m on m.workspace_id = u.workspace_id and m.user_id = u.id left join chatsg_accounts."user" a on a.id = m.account_id
         where ($1::uuid is null or u.id = $1) and ($2::text is null or lower(u.email) = lower($2) or a.email = lower($2)) and ($3::uuid is null or w.id = $3)
         order by w.created_at, w.id, u.created_at, u.id`,
        [isId ? person : null, isId ? null : (person ?? null), workspaceId ?? null],
      )
    },

    async findKeyWorkspace(keyId: string): Promise<string | undefined> {
      if (!isUuid(keyId)) return undefined
      const [key] = await query<{ id: string }>('select workspace_id as id from api_keys where id = $1', [keyId])
      return key?.id
    },

    async listWorkspaceIds(): Promise<string[]> {
      return (await query<{ id: string }>('select id from workspaces order by created_at, id', [])).map(({ id }) => id)
    },
  }
}
