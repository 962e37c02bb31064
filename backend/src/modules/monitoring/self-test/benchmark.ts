import type { BenchmarkReport, SelfTestRun } from '#contracts/self-test.ts'
import { expectStatus } from './expect.ts'
import { latencyOf, timesOf } from './percentiles.ts'
import type { TestWorld } from './suite.ts'

export interface Operation {
  name: string
  targetMs: number
  runs: number
  /** @throws Error when the answer is not right */
  work(world: TestWorld, run: number): Promise<void>
}

const names = ['Zoë', 'Sarah Connor', 'Kestrel', 'Brightwater', 'Großmann', 'Raj Patel', 'Amara', 'Lindqvist', 'Connor', 'Aerospace']
const questions = [
  'How many open opportunities do we have?',
  'biggest open deal',
  'Who is our newest contact?',
  'total revenue this year',
  'What is our win rate?',
]

/** What people do all day, with the time the guide allows for it. */
export const operations: readonly Operation[] = [
  {
    name: 'CRM query',
    targetMs: 2000,
    runs: 20,
    async work(world, run) {
      const body = { entity: 'opportunities', filter: { field: 'state', op: 'eq', value: 'open' }, limit: 5 + run }
      expectStatus(await world.call('POST', '/api/crm/query', { body }), 200, 'The query')
    },
  },
  {
    name: 'Contact search',
    targetMs: 1000,
    runs: 20,
    async work(world, run) {
      const q = encodeURIComponent(names[run % names.length] ?? '')
      expectStatus(await world.call('GET', `/api/crm/search?q=${q}&limit=${1 + Math.floor(run / names.length)}`), 200, 'The search')
    },
  },
  {
    name: 'Pipeline analysis',
    targetMs: 3000,
    runs: 10,
    async work(world) {
      expectStatus(await world.call('GET', '/api/crm/pipeline'), 200, 'The pipeline report')
    },
  },
  {
    name: 'Question in the chat',
    targetMs: 5000,
    runs: 10,
    async work(world, run) {
      expectStatus(await world.call('POST', '/api/chat', { body: { message: questions[run % questions.length] } }), 200, 'The question')
    },
  },
  {
    name: 'Ten questions at once',
    targetMs: 5000,
    runs: 2,
    async work(world) {
      const asked = Array.from({ length: 10 }, (_, index) => world.call('POST', '/api/crm/query', { body: { entity: 'contacts', limit: 10 + index } }))
      for (const answered of await Promise.all(asked)) expectStatus(answered, 200, 'One of ten questions')
    },
  },
  {
    name: 'New contact',
    targetMs: 2000,
    runs: 10,
    async work(world, run) {
      expectStatus(await world.call('POST', '/api/crm/contacts', { body: { first_name: 'Bench', last_name: `Mark ${run}` } }), 201, 'The new contact')
    },
  },
]

/** Times each operation; the first call of each, which loads what it needs, is not counted. */
export async function runBenchmark(world: TestWorld, note: (progress: NonNullable<SelfTestRun['progress']>) => void): Promise<BenchmarkReport['benchmarks']> {
  const found: BenchmarkReport['benchmarks'] = []
  for (const { name, targetMs, runs, work } of operations) {
    note({ done: found.length, total: operations.length, current: name })
    await work(world, 0)
    const latency = latencyOf(await timesOf(runs, (run) => work(world, run)), targetMs)
    found.push({ name, ...latency, success: latency.p95 <= targetMs })
  }
  return found
}
