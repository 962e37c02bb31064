import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPostgresTime, readProcessorTime } from '../../perf/processor-time.ts'
import { treeOf } from '../process-tree.ts'
import { requireProgram } from '../requirements.ts'
import type { Call } from './recovery-ledger.ts'
import { openReplicas, type Replica, type ReplicasWorld } from './replicas-world.ts'

/** `REPLICA_COST=2000` for the figures of docs/capacity.md: so many requests of each kind. */
const requests = Number(process.env.REPLICA_COST ?? 0)
const atOnce = 10
const streamsHeld = 60

/** Milliseconds of processor time. */
interface Cost {
  servers: number
  database: number
  /** From one answer to the next. */
  wallMs: number
}

/** How many ask at once, and how long from one request to the next; 0: as soon as there is an answer. */
interface Load {
  clients: number
  everyMs: number
}

const restless: Load = { clients: atOnce, everyMs: 0 }

const suite = 'What a request costs one server and three'
const nginx = requireProgram('nginx', suite)
const postgresql = requireProgram('postgresql', suite)

describe.skipIf(nginx === undefined || postgresql === undefined)(suite, { timeout: 1_800_000 }, () => {
  let world: ReplicasWorld
  beforeAll(async () => {
    const limits = { RATE_LIMIT_MAX: '1000000', LLM_MAX_CONCURRENCY: '100' }
    world = await openReplicas({ nginx: nginx as string, postgresql: postgresql as string }, 3, limits)
    const rows = Array.from({ length: 5000 }, (_, index) => `Person${index % 700},Family${index},p${index}@example.com,City${index % 40}`)
    const headers = { 'content-type': 'text/csv' }
    const imported = await world.replicas[0]?.call('/api/crm/import?entity=contacts', {
      method: 'POST',
      headers,
      body: `first_name,last_name,email,city\n${rows.join('\n')}\n`,
    })
    expect(imported?.status).toBe(200)
  }, 300_000)
  afterAll(() => world?.close(), 60_000)

  const post = (body: unknown): RequestInit => ({ method: 'POST', body: JSON.stringify(body) })
  const kinds: Record<string, (call: Call, turn: number) => Promise<Response>> = {
    list: (call) => call('/api/crm/contacts?limit=20'),
    search: (call, turn) => call(`/api/crm/contacts?q=person${turn % 700}&limit=20`),
    question: (call, turn) => call('/api/chat', post({ message: `How many contacts are in City${turn % 40}?` })),
    write: (call, turn) => call('/api/crm/organisations', post({ name: `Company ${turn}` })),
  }

  /** Milliseconds of processor time of all processes of the servers, and of the database. */
  async function used(): Promise<Pick<Cost, 'servers' | 'database'>> {
    const servers = await Promise.all(world.replicas.flatMap((replica) => treeOf(replica.pid())).map(readProcessorTime))
    // Connections that rest too long are closed, and the process of each ends.
    return { servers: servers.reduce<number>((all, time) => all + (time ?? 0), 0), database: (await readPostgresTime(world.postgres.pid())) ?? Number.NaN }
  }

  /** Processor time of one request, in milliseconds, when so many clients ask these servers in turn: without a rest, or one request at each tick. */
  async function costOf(kind: string, replicas: readonly Replica[], count: number, { clients, everyMs }: Load): Promise<Cost> {
    const before = await used()
    const begin = performance.now()
    let next = 0
    const client = async () => {
      for (let turn = next++; turn < count; turn = next++) {
        if (everyMs > 0) await sleep(Math.max(0, begin + turn * everyMs - performance.now()))
        const { call } = replicas[turn % replicas.length] as Replica
        const response = await (kinds[kind] as (typeof kinds)[string])(call, turn)
        await response.text()
        if (!response.ok) throw new Error(`${kind}: ${response.status}`)
      }
    }
    await Promise.all(Array.from({ length: clients }, client))
    const after = await used()
    return {
      servers: (after.servers - before.servers) / count,
      database: (after.database - before.database) / count,
      wallMs: (performance.now() - begin) / count,
    }
  }

  it('is the same', async () => {
    const { replicas } = world
    const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] as number
    for (const kind of Object.keys(kinds)) {
      // Code is compiled, statements are planned: in each of them as often as in the one that is asked alone afterwards.
      let oneMs = 0
      for (const replica of replicas) oneMs = (await costOf(kind, [replica], Math.max(500, 5 * requests), restless)).wallMs
      const half = 2 * oneMs
      // A request takes the less processor time the more often a server is asked. So first as many requests a second for each of the three as
      // for the one alone, all of them keeping the machine half busy; then as many for all three as for the one; then the same people
      // without a rest, and three times as many, which is what one adds servers for.
      for (const [alike, load, shared] of [
        ['each', { clients: atOnce, everyMs: replicas.length * half }, { clients: atOnce, everyMs: half }],
        ['all', { clients: atOnce, everyMs: half }, { clients: atOnce, everyMs: half }],
        ['all', restless, restless],
        ['each', restless, { ...restless, clients: replicas.length * atOnce }],
      ] as const) {
        const alone: Cost[] = []
        const together: Cost[] = []
        // Each of them is once the one that is asked alone: who answers more is compiled better.
        for (const one of replicas) {
          alone.push(await costOf(kind, [one], requests, load))
          together.push(await costOf(kind, replicas, requests, shared))
        }
        const of = (costs: readonly Cost[], part: keyof Cost) => Math.round(median(costs.map((cost) => cost[part])) * 100) / 100
        const figures = {
          oneMs: of(alone, 'servers'),
          threeMs: of(together, 'servers'),
          databaseOneMs: of(alone, 'database'),
          databaseThreeMs: of(together, 'database'),
        }
        const ratio = (figures.threeMs + figures.databaseThreeMs) / (figures.oneMs + figures.databaseOneMs)
        process.stdout.write(
          `${JSON.stringify({ kind, alike, aSecond: shared.everyMs > 0 ? Math.round(1000 / shared.everyMs) : 'as many as can be', requests, ...figures, ratio: Math.round(ratio * 100) / 100 })}\n`,
        )
      }
    }
  })

  it('and what an open stream takes', async () => {
    const [replica] = world.replicas as [Replica]
    const resident = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${replica.pid()}/status`, 'utf8'))?.[1]) / 1024
    const before = resident()
    const leaving = new AbortController()
    let isRefused = 0
    const streams = await Promise.all(
      Array.from({ length: streamsHeld }, async (_, index) => {
        const response = await replica.call('/api/chat/stream', { ...post({ message: `/creative 400 words, the ${index}th` }), signal: leaving.signal })
        if (!response.ok) isRefused += 1
        return response.body?.getReader().read()
      }),
    )
    const after = resident()
    leaving.abort()
    process.stdout.write(
      `${JSON.stringify({ streams: streams.length - isRefused, isRefused, megabytes: Math.round(after - before), processMegabytes: Math.round(after) })}\n`,
    )
  })
})
