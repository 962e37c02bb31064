import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Dispatcher, fetch as fetchThrough } from 'undici'
import { type ExternalPostgres, startExternalPostgres } from '../external-postgres.ts'
import { type FakeModel, startFakeModel } from '../fakes/model/server.ts'
import { makeCertificate, type NginxProcess, startNginx } from '../nginx-process.ts'
import { killAll, treeOf, untilGone } from '../process-tree.ts'
import { adminKey, freePort, removeFolder, scratchFolder, spawnServer } from '../server-process.ts'
import type { Call } from './recovery-ledger.ts'
import { wordsOf } from './streams-words.ts'

/** One server of several on the same database. */
export interface Replica {
  url: string
  dataDir: string
  pid(): number
  output(): string
  /** As the workspace's owner, straight to this server. */
  call: Call
  kill(): Promise<void>
  start(): Promise<void>
  stop(): Promise<number | null>
}

export interface ReplicasWorld {
  postgres: ExternalPostgres
  model: FakeModel
  front: NginxProcess
  replicas: readonly Replica[]
  /** As the workspace's owner, through nginx, to whichever server it takes. */
  call: Call
  /** Through nginx, as whoever the headers say. */
  callAs(headers: Record<string, string>): Call
  /** What all servers have in common. */
  env: Record<string, string>
  folder: string
  close(): Promise<void>
}

export const secrets = { ENCRYPTION_KEY: 'e'.repeat(40), SESSION_SECRET: 's'.repeat(40), CSRF_SECRET: 'c'.repeat(40) }

/** Servers with data folders of their own on one PostgreSQL, behind the nginx of deploy/, which sends each request to the next. */
export async function openReplicas(programs: { postgresql: string; nginx: string }, count: number, env: Record<string, string> = {}): Promise<ReplicasWorld> {
  const folder = await scratchFolder()
  const postgres = await startExternalPostgres(programs.postgresql)
  const model = await startFakeModel({
    script: (request) => {
      const asked = request.messages.findLast(({ role }) => role === 'user')?.content
      const text = typeof asked === 'string' ? asked : (asked ?? []).map(({ text: part = '' }) => part).join(' ')
      return { text: wordsOf(/\d+ words/.exec(text)?.[0] ?? '1').join(''), pieceMs: 20 }
    },
  })
  const ports = await Promise.all(Array.from({ length: count }, freePort))
  const webFolder = join(folder, 'web')
  mkdirSync(webFolder, { recursive: true })
  const front = await startNginx({ nginx: programs.nginx, folder: join(folder, 'nginx'), certificate: makeCertificate(folder), upstreams: ports, webFolder })
  const common = {
    ...secrets,
    DATABASE_URL: postgres.superuserUrl,
    APP_URL: front.httpsUrl,
    TRUSTED_PROXIES: '127.0.0.1',
    OPENAI_API_KEY: 'sk-replicas-test-key-replicas-test-key',
    OPENAI_BASE_URL: model.url,
    ...env,
  }
  const replicas = ports.map((port, index) => describeReplica(port, join(folder, `data-${index}`), common))
  // The first one makes the tables.
  const [first, ...others] = replicas
  await first?.start()
  await Promise.all(others.map((replica) => replica.start()))
  const through = (dispatcher: Dispatcher, headers: Record<string, string>): Call =>
    ((path: string, init?: RequestInit) => fetchThrough(`${front.httpsUrl}${path}`, { ...withHeaders(init, headers), dispatcher } as never)) as unknown as Call
  return {
    postgres,
    model,
    front,
    replicas,
    call: through(front.dispatcher, { authorization: `Bearer ${adminKey}` }),
    callAs: (headers) => through(front.dispatcher, headers),
    env: common,
    folder,
    async close() {
      await front.stop()
      await Promise.all(replicas.map((replica) => replica.kill()))
      await model.close()
      await postgres.stop()
      await removeFolder(folder)
    },
  }
}

function withHeaders(init: RequestInit | undefined, headers: Record<string, string>): RequestInit {
  return {
    ...init,
    headers: { ...headers, ...(init?.body == null ? {} : { 'content-type': 'application/json' }), ...(init?.headers as Record<string, string> | undefined) },
  }
}

function describeReplica(port: number, dataDir: string, env: Record<string, string>): Replica {
  const url = `http://127.0.0.1:${port}`
  let running: ReturnType<typeof spawnServer> | undefined
  const pid = () => running?.child.pid as number
  return {
    url,
    dataDir,
    pid,
    output: () => running?.output() ?? '',
    call: (path, init) => fetch(`${url}${path}`, withHeaders(init, { authorization: `Bearer ${adminKey}` })),
    async start() {
      const starting = spawnServer({ ...env, DATA_DIR: dataDir, PORT: String(port) })
      running = starting
      let hasEnded = false
      starting.exited.then(() => {
        hasEnded = true
      })
      for (let attempt = 0; !(await isHealthy(url)); attempt += 1) {
        if (hasEnded || attempt > 1200) throw new Error(`A server did not start:\n${starting.output()}`)
        await sleep(50)
      }
    },
    async kill() {
      if (running === undefined || running.child.exitCode !== null || running.child.signalCode !== null) return
      const pids = treeOf(pid())
      killAll(pids)
      await untilGone(pids)
    },
    async stop() {
      running?.child.kill('SIGTERM')
      return (await running?.exited) ?? null
    },
  }
}

function isHealthy(url: string): Promise<boolean> {
  return fetch(`${url}/api/health`).then(
    ({ ok }) => ok,
    () => false,
  )
}
