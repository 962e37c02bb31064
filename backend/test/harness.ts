import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { type Database, openDatabase } from '#backend/infra/database/database.ts'
import type { Actor, Role } from '#backend/kernel/actor.ts'
import { newId } from '#backend/kernel/ids.ts'

export interface TestWorkspace {
  database: Database
  workspaceId: string
  /** The workspace's owner. */
  actor: Extract<Actor, { type: 'user' }>
  /** Another member of the same workspace. */
  member(role: Role, name?: string): Promise<Extract<Actor, { type: 'user' }>>
  /** Hand-written SQL as the database's owner, past row-level security, for gold answers; `$1` is the workspace id when `params` is left out. */
  gold<R extends object = Record<string, unknown>>(text: string, params?: unknown[]): Promise<R[]>
}

let shared: { database: Database; admin: pg.Pool } | undefined

function connections() {
  if (shared === undefined) {
    const database = openDatabase({ connectionString: inject('applicationUrl'), maxConnections: 8, connectionTimeoutMs: 5000, onError: () => undefined })
    const admin = new pg.Pool({ connectionString: inject('adminUrl'), max: 3, options: '-c search_path=chatsg -c timezone=UTC' })
    admin.on('error', () => undefined)
    shared = { database, admin }
    afterAll(async () => {
      await database.close()
      await admin.end()
      shared = undefined
    })
  }
  return shared
}

/** An empty workspace in the run's real database. Call it inside `beforeAll` or a test. */
export async function createTestWorkspace(options: { currency?: string; timeZone?: string } = {}): Promise<TestWorkspace> {
  const { database, admin } = connections()
  const workspaceId = newId()
  await admin.query('insert into workspaces (id, name, currency, time_zone) values ($1, $2, $3, $4)', [
    workspaceId,
    'Test',
    options.currency ?? 'USD',
    options.timeZone ?? 'UTC',
  ])
  const member = async (role: Role, name = `Test ${role}`): Promise<Extract<Actor, { type: 'user' }>> => {
    const userId = newId()
    await admin.query('insert into users (workspace_id, id, name, email, role) values ($1, $2, $3, $4, $5)', [
      workspaceId,
      userId,
      name,
      `${userId}@example.com`,
      role,
    ])
    return { type: 'user', workspaceId, userId, name, role, via: 'session' }
  }
  return {
    database,
    workspaceId,
    actor: await member('owner', 'Olivia Owner'),
    member,
    async gold(text, params) {
      const { rows } = await admin.query(text, params ?? [workspaceId])
      return rows
    },
  }
}
