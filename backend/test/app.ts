import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { inject } from 'vitest'
import { type App, createApp } from '#backend/app.ts'
import { parseConfig } from '#backend/config/index.ts'
import { createLogs } from '#backend/infra/logger/logger.ts'
import { createClock } from '#backend/kernel/clock.ts'
import { createTestWorkspace, type TestWorkspace } from './harness.ts'

export const testAdminKey = 'test-admin-key-test-admin-key-test-admin-key'
export const testAppUrl = 'http://127.0.0.1:3999'

export interface TestApp extends TestWorkspace {
  app: App
  server: FastifyInstance
  dataDir: string
  /** JSON over HTTP as the workspace's owner. */
  request(method: InjectOptions['method'], url: string, body?: unknown): Promise<{ status: number; body: never; headers: Record<string, unknown> }>
  close(): Promise<void>
}

/** The whole application over an empty workspace of its own. Close it in `afterAll`. */
export async function createTestApp(options: { now?: string; env?: Record<string, string>; selfTest?: boolean } = {}): Promise<TestApp> {
  const workspace = await createTestWorkspace()
  const dataDir = await mkdtemp(join(tmpdir(), 'chatsg-app-'))
  const config = parseConfig({
    DATA_DIR: dataDir,
    ADMIN_API_KEY: testAdminKey,
    APP_URL: testAppUrl,
    ENCRYPTION_KEY: 'e'.repeat(40),
    SESSION_SECRET: 's'.repeat(40),
    CSRF_SECRET: 'c'.repeat(40),
    LOG_LEVEL: 'fatal',
    // All apps of a run count in one database.
    RATE_LIMIT_MAX: '1000000',
    ...(options.now === undefined ? {} : { CHATSG_NOW: options.now }),
    ...options.env,
  })
  const { actor } = workspace
  const app = await createApp(config, {
    database: workspace.database,
    accountsUrl: inject('accountsUrl'),
    ...(options.selfTest === true ? { adminUrl: inject('adminUrl') } : {}),
    owner: { workspaceId: actor.workspaceId, userId: actor.userId, name: actor.name },
    logs: createLogs(config.logging),
    webFolder: join(dataDir, 'no-web'),
    version: '0.0.0-test',
    clock: createClock(options.now),
  })
  return {
    ...workspace,
    app,
    server: app.server,
    dataDir,
    async request(method, url, body) {
      const response = await app.server.inject({
        method: method as 'GET',
        url,
        headers: { authorization: `Bearer ${testAdminKey}` },
        ...(body === undefined ? {} : { payload: body as object }),
      })
      return {
        status: response.statusCode,
        body: (response.body === '' ? null : response.headers['content-type']?.toString().includes('json') ? response.json() : response.body) as never,
        headers: response.headers,
      }
    },
    async close() {
      await app.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
