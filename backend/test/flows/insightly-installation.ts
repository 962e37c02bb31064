import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import type { SyncRunJson, SyncStatus } from '#contracts/sync.ts'
import { type ServerProcess, startServer } from '../server-process.ts'
import type { FakeProcess } from './insightly-fake.ts'

const hourMs = 3_600_000

/** A server's environment with a key of that fake, which then is mirrored; nothing is scheduled while a test lasts. */
export function mirrorEnvironment(fake: Pick<FakeProcess, 'url' | 'key'>, env: Record<string, string> = {}): Record<string, string> {
  return {
    INSIGHTLY_API_KEY: fake.key,
    INSIGHTLY_API_URL: fake.url,
    CRM_SYNC_INTERVAL: String(hourMs),
    CRM_RATE_LIMIT_MAX_REQUESTS: '1000',
    CRM_RATE_LIMIT_WINDOW_MS: '1000',
    ...env,
  }
}

/** Starts a server without waiting for the web app to be built. */
export function startMirror(folder: string, fake: Pick<FakeProcess, 'url' | 'key'>, env: Record<string, string> = {}): Promise<ServerProcess> {
  return startServer(folder, mirrorEnvironment(fake, env))
}

export async function ask<T>(server: ServerProcess, path: string, body?: unknown): Promise<T> {
  const response = await server.fetch(path, body === undefined ? undefined : { method: 'POST', body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as T
}

export function readStatus(server: ServerProcess): Promise<SyncStatus> {
  return ask<SyncStatus>(server, '/api/crm/sync')
}

/** Waits, without asking for anything, until a run of that kind has gone well. */
export async function runDone(server: ServerProcess, mode: SyncRunJson['mode'], id?: string): Promise<SyncRunJson> {
  return vi.waitFor(
    async () => {
      const { lastRun } = await readStatus(server)
      expect(lastRun).toMatchObject({ mode, state: 'done', ...(id === undefined ? {} : { id }) })
      return lastRun as SyncRunJson
    },
    { timeout: 120_000, interval: 100 },
  )
}

/** The owner's connection to the embedded database of a data folder. */
export async function embeddedUrl(folder: string): Promise<string> {
  const secrets = JSON.parse(await readFile(join(folder, 'secrets.json'), 'utf8')) as { ownerPassword: string }
  const { port } = await postmaster(folder)
  return `postgres://chatsg_owner:${encodeURIComponent(secrets.ownerPassword)}@127.0.0.1:${port}/postgres`
}

/** Process id and port of the embedded database that runs in a data folder. */
export async function postmaster(folder: string): Promise<{ pid: number; port: number }> {
  const [pid = '', , , port = ''] = (await readFile(join(folder, 'postgres/data/postmaster.pid'), 'utf8')).split('\n')
  return { pid: Number(pid), port: Number(port) }
}
