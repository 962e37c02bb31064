import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type BareSql, openBareSql } from './bare-sql.ts'
import type { Figure } from './figures.ts'
import { createHttpClient, type HttpClient } from './http-client.ts'
import type { Options, ScenarioName } from './options.ts'
import { measurePipeline } from './scenarios/pipeline.ts'
import { measureQuestions } from './scenarios/questions.ts'
import { measureSearch } from './scenarios/search.ts'
import { measureUsers } from './scenarios/users.ts'
import { seedWorld } from './scenarios/world.ts'
import { apiKey, type ServerProcess, startServer } from './server-process.ts'

/** From this many contacts on, the targets for a million records hold. */
const largeScale = 500_000
/** A third of what the guide promises. */
const mostMemoryMb = 341

interface World {
  client: HttpClient
  sql: BareSql
  server: ServerProcess
  variables: { DATA_DIR: string; DEMO_DATA: string }
  large: boolean
}

/** The scenarios that one server of the demo world answers, in their order. */
const inOneWorld = {
  search: ({ client, sql, large }: World) => measureSearch(client, sql, large),
  questions: ({ client, sql, server, large }: World) => measureQuestions(client, sql, server, large),
  pipeline: ({ client, sql, large }: World) => measurePipeline(client, sql, large),
  users: ({ sql, server, variables }: World) => measureUsers(server, sql, variables),
} satisfies Partial<Record<ScenarioName, (world: World) => Promise<Figure[]>>>

type ServedName = keyof typeof inOneWorld
export const servedNames = Object.keys(inOneWorld) as ServedName[]

/**
 * Loads the demo world, serves it, and measures there.
 * @param measure runs one scenario, and goes on where it fails
 */
export async function measureServing(
  folder: string,
  { scale, data }: Pick<Options, 'scale' | 'data'>,
  names: readonly ServedName[],
  { report, measure }: { report(figures: readonly Figure[]): void; measure(name: ScenarioName, work: () => Promise<Figure[]>): Promise<void> },
): Promise<void> {
  const variables = { DATA_DIR: data ?? join(folder, 'serving'), DEMO_DATA: 'none' }
  if (!existsSync(variables.DATA_DIR)) report(await seedWorld(variables, scale))
  const server = await startServer(variables)
  const client = createHttpClient(server.url, apiKey)
  let sql: BareSql | undefined
  try {
    const before = await server.memory()
    if (before !== undefined) report([{ name: 'node memory after the start', value: before.now, unit: 'MB' }])
    sql = await openBareSql(variables)
    // Right after a load the statistics are those of an empty table; the database would gather them within a minute by itself.
    await sql.query('analyze', [])
    const world = { client, sql, server, variables, large: scale >= largeScale }
    for (const name of names) await measure(name, () => inOneWorld[name](world))
    const memory = await server.memory()
    if (memory !== undefined) report([{ name: 'node memory, at most', value: memory.most, unit: 'MB', target: 1024, goal: mostMemoryMb }])
  } finally {
    client.close()
    await sql?.close()
    await server.stop()
  }
}
