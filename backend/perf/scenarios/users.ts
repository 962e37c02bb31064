import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Agent } from '#contracts/chat.ts'
import type { BareSql } from '../bare-sql.ts'
import { type Figure, percentilesOf } from '../figures.ts'
import { createHttpClient, type HttpClient } from '../http-client.ts'
import { clients } from '../load.ts'
import { addPeople } from '../people.ts'
import { readDatabaseTime } from '../processor-time.ts'
import type { ServerProcess } from '../server-process.ts'

const crowd = 500
const requestsOfTen = 300
const agentRounds = 5
const pauseMs = 2000
const watchedMs = 20_000
const longestMs = 5000
const mostProcessors = 50
const mostMemoryMb = 250

interface Outcome {
  durations: number[]
  /** Status and words of each that failed. */
  failures: string[]
}

/** People who work at the same time: ten, as the guide asks, and five hundred. */
export async function measureUsers(server: ServerProcess, sql: BareSql, variables: Record<string, string> & { DATA_DIR: string }): Promise<Figure[]> {
  // Of an earlier run in the same folder: an address belongs to one person.
  await sql.query(`update users set email = 'former-' || id || '@example.com' where workspace_id = $1 and email ~ '^person[0-9]+@example.com$'`, [
    sql.workspaceId,
  ])
  const people = (await addPeople(variables, crowd)).map((key) => createHttpClient(server.url, key))
  const used = async () => ((await server.processorMs()) ?? Number.NaN) + ((await readDatabaseTime(variables.DATA_DIR)) ?? Number.NaN)
  const withCost = async (make: () => Promise<Outcome>): Promise<Outcome & { processorMs: number }> => {
    const before = await used()
    const outcome = await make()
    return { ...outcome, processorMs: (await used()) - before }
  }
  try {
    const ids = await sql.query<{ id: string }>('select id from contacts where workspace_id = $1 and deleted_at is null limit 100', [sql.workspaceId])
    const work = (index: number) => workOf(index, ids[index % ids.length]?.id ?? '')
    // What is compiled and cached by the first requests is not what is asked about.
    await together(people.slice(0, clients), requestsOfTen, work)
    const ten = await withCost(() => together(people.slice(0, clients), requestsOfTen, work))
    const agents = await availableAgents(people[0] as HttpClient)
    const answered = await together(people.slice(0, clients), agents.length * agentRounds, (index) => (client) => {
      const { command, examples } = agents[index % agents.length] as Agent
      const example = examples[Math.floor(index / agents.length) % examples.length] ?? command
      return client.post('/api/chat', { message: example.startsWith('/') ? example : `${command} ${example}` })
    })
    const processors = await watchProcessors(server, variables.DATA_DIR, people.slice(0, clients), work)
    const memory = await server.memory()
    // Everybody has been here before; a key that was never seen takes longer.
    for (const client of people) await client.get('/api/crm/contacts?limit=20')
    const all = await withCost(() => together(people, crowd, work))
    return [
      {
        name: 'slowest response, 10 at once',
        value: Math.max(...ten.durations),
        unit: 'ms',
        target: longestMs,
        note: 'searches, lists, records, questions and reports by turns',
      },
      { name: 'response p95, 10 at once', value: percentilesOf(ten.durations).p95, unit: 'ms' },
      { ...failed('requests that failed, 10 at once', ten), target: 0 },
      ...costOf('10 at once', ten),
      {
        name: 'slowest answer of an agent',
        value: Math.max(...answered.durations),
        unit: 'ms',
        target: longestMs,
        note: `${agents.map(({ id }) => id).join(', ')}; 10 at once`,
      },
      { ...failed('answers of agents that failed', answered), target: 0 },
      ...(processors === undefined
        ? []
        : [
            {
              name: 'processors in use with 10 people',
              value: processors,
              unit: '%' as const,
              target: mostProcessors,
              note: `each asks every ${pauseMs / 1000} s; node and PostgreSQL, of ${availableParallelism()} processors`,
            },
          ]),
      ...(memory === undefined ? [] : [{ name: 'node memory, at most, 10 at once', value: memory.most, unit: 'MB' as const, goal: mostMemoryMb }]),
      {
        name: `slowest response, ${crowd} at once`,
        value: Math.max(...all.durations),
        unit: 'ms',
        goal: longestMs,
        note: `${crowd} people ask at the same moment`,
      },
      { name: `response p50, ${crowd} at once`, value: percentilesOf(all.durations).p50, unit: 'ms' },
      { ...failed(`requests that failed, ${crowd} at once`, all), goal: 0 },
      ...costOf(`${crowd} at once`, all),
    ]
  } finally {
    for (const client of people) client.close()
  }
}

/** Those that answer without a language model. */
async function availableAgents(client: HttpClient): Promise<Agent[]> {
  const { items } = (await client.get('/api/agents')) as { items: Agent[] }
  return items.filter(({ available }) => available)
}

/** What people do, by turns. */
function workOf(index: number, id: string): (client: HttpClient) => Promise<unknown> {
  switch (index % 5) {
    case 0:
      return (client) => client.get(`/api/crm/search?q=${['smith', 'brightwater', 'sarah', 'berlin'][Math.floor(index / 5) % 4]}&limit=20`)
    case 1:
      return (client) => client.get('/api/crm/contacts?limit=20')
    case 2:
      return (client) => client.get(`/api/crm/contacts/${id}`)
    case 3:
      return (client) =>
        client.post('/api/chat', { message: ['How many contacts do we have?', 'newest 5 contacts', 'open opportunities by owner'][Math.floor(index / 5) % 3] })
    default:
      return (client) => client.get('/api/crm/pipeline')
  }
}

/** Each of the people asks, waits for the answer and asks again until so many requests are made. */
async function together(people: readonly HttpClient[], total: number, work: (index: number) => (client: HttpClient) => Promise<unknown>): Promise<Outcome> {
  const outcome: Outcome = { durations: [], failures: [] }
  let next = 0
  await Promise.all(
    people.map(async (client) => {
      while (next < total) await perform(work(next++), client, outcome)
    }),
  )
  return outcome
}

async function perform(work: (client: HttpClient) => Promise<unknown>, client: HttpClient, outcome: Outcome): Promise<void> {
  const started = performance.now()
  try {
    await work(client)
  } catch (error) {
    outcome.failures.push((error as Error).message)
  }
  outcome.durations.push(performance.now() - started)
}

/** Nothing where the system does not tell. */
function costOf(when: string, { durations, processorMs }: { durations: readonly number[]; processorMs: number }): Figure[] {
  if (!Number.isFinite(processorMs)) return []
  return [{ name: `processor time of a request, ${when}`, value: processorMs / durations.length, unit: 'ms', note: 'node and PostgreSQL' }]
}

function failed(name: string, { failures }: Outcome): Figure {
  return { name, value: failures.length, unit: 'errors', ...(failures[0] === undefined ? {} : { note: failures[0].slice(0, 160) }) }
}

/** Percent of all processors that node and PostgreSQL use while so many people work; undefined where the system does not tell. */
async function watchProcessors(
  server: ServerProcess,
  dataFolder: string,
  people: readonly HttpClient[],
  work: (index: number) => (client: HttpClient) => Promise<unknown>,
): Promise<number | undefined> {
  const read = async () => [performance.now(), await server.processorMs(), await readDatabaseTime(dataFolder)] as const
  const outcome: Outcome = { durations: [], failures: [] }
  const [began, nodeBefore, databaseBefore] = await read()
  let next = 0
  await Promise.all(
    people.map(async (client, index) => {
      await sleep((index * pauseMs) / people.length)
      while (performance.now() - began < watchedMs) {
        const started = performance.now()
        await perform(work(next++), client, outcome)
        await sleep(Math.max(0, pauseMs - (performance.now() - started)))
      }
    }),
  )
  const [ended, nodeAfter, databaseAfter] = await read()
  if (outcome.failures.length > 0) throw new Error(`Of ${next} requests ${outcome.failures.length} failed: ${outcome.failures[0]}`)
  if (nodeBefore === undefined || nodeAfter === undefined || databaseBefore === undefined || databaseAfter === undefined) return undefined
  return ((nodeAfter - nodeBefore + databaseAfter - databaseBefore) / (ended - began) / availableParallelism()) * 100
}
