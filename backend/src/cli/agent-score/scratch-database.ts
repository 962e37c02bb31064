import pg from 'pg'
import { migrate } from '#backend/infra/database/migrate.ts'
import { newId } from '#backend/kernel/ids.ts'

export interface ScratchDatabase {
  adminUrl: string
  applicationUrl: string
  accountsUrl: string
  drop(): Promise<void>
}

export interface ScratchOptions {
  /** Of the server's database, whose role may create others. */
  adminUrl: string
  applicationPassword: string
  /** The empty one is made from it when it is given, with all it holds; nobody may be connected to it. */
  template?: ScratchDatabase
}

const prefix = 'chatsg_score_'
const abandonedAfterMs = 86_400_000

/** A database of its own on the same server: whatever happens in it, nothing else is touched. @throws Error when the role may make none */
export async function createScratchDatabase({ adminUrl, applicationPassword, template }: ScratchOptions): Promise<ScratchDatabase> {
  const name = `${prefix}${newId().replaceAll('-', '')}`
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  const source = template === undefined ? 'template0' : new URL(template.adminUrl).pathname.slice(1)
  await asAdmin(adminUrl, (client) => client.query(`create database ${name} template ${source} encoding 'UTF8'`)).catch((cause: Error) => {
    throw new Error(
      `A database for the score could not be made (${cause.message}); give the role of DATABASE_URL the right CREATEDB, or leave DATABASE_URL empty.`,
      {
        cause,
      },
    )
  })
  const roles = new Set<string>()
  const drop = () =>
    asAdmin(adminUrl, async (client) => {
      await client.query(`drop database if exists ${name} with (force)`)
      for (const role of roles) await client.query(`drop role if exists ${client.escapeIdentifier(role)}`)
    })
  try {
    const { applicationUrl, accountsUrl } = await migrate({ adminUrl: url.toString(), applicationPassword })
    for (const login of [applicationUrl, accountsUrl]) roles.add(new URL(login).username)
    return { adminUrl: url.toString(), applicationUrl, accountsUrl, drop }
  } catch (error) {
    await drop()
    throw error
  }
}

/** Removes what a score that was killed has left behind; the names tell when they were made. */
export async function dropAbandoned(adminUrl: string, now: Date): Promise<void> {
  await asAdmin(adminUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(`select datname as name from pg_database where datname ~ '^chatsg_score_[0-9a-f]{32}$'`)
    for (const { name } of rows) {
      const madeAt = Number.parseInt(name.slice(prefix.length, prefix.length + 12), 16)
      if (now.getTime() - madeAt > abandonedAfterMs) await client.query(`drop database if exists ${name} with (force)`)
    }
  })
}

async function asAdmin(adminUrl: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'chatsg score' })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
