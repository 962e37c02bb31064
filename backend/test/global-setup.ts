import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openEmbeddedPostgres } from '#backend/infra/database/embedded-postgres.ts'
import { migrate } from '#backend/infra/database/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    adminUrl: string
    applicationUrl: string
    accountsUrl: string
  }
}

/** One real PostgreSQL in a scratch folder for the whole run; each test makes workspaces of its own in it. */
export default async function setup(project: TestProject) {
  const folder = await mkdtemp(join(tmpdir(), 'chatsg-test-'))
  const postgres = await openEmbeddedPostgres({
    folder,
    password: 'test-only-password',
    maxConnections: 200,
    settings: { fsync: 'off', synchronous_commit: 'off' },
  })
  const { applicationUrl, accountsUrl } = await migrate({ adminUrl: postgres.adminUrl, applicationPassword: 'test-only-password' })
  project.provide('adminUrl', postgres.adminUrl)
  project.provide('applicationUrl', applicationUrl)
  project.provide('accountsUrl', accountsUrl)
  return async () => {
    await postgres.release()
    await rm(folder, { recursive: true, force: true })
  }
}
