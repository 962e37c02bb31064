import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { openBareSql } from './bare-sql.ts'
import { type Figure, passes, toLine } from './figures.ts'
import { createHttpClient } from './http-client.ts'
import type { Rate } from './insightly-process.ts'
import { clients } from './load.ts'
import { measureGuard } from './scenarios/guard.ts'
import { measureImport } from './scenarios/import.ts'
import { measureModel } from './scenarios/model.ts'
import { measurePipeline } from './scenarios/pipeline.ts'
import { measureQuestions } from './scenarios/questions.ts'
import { measureSearch } from './scenarios/search.ts'
import { measureStartUp } from './scenarios/start-up.ts'
import { measureSync } from './scenarios/sync.ts'
import { seedWorld } from './scenarios/world.ts'
import { apiKey, startServer } from './server-process.ts'

const scenarioNames = ['start-up', 'guard', 'import', 'search', 'questions', 'pipeline', 'sync', 'model'] as const
type ScenarioName = (typeof scenarioNames)[number]

interface Options {
  scale: number
  rate: Rate
  only?: ScenarioName[]
  data?: string
  json?: boolean
}

/** From this many contacts on, the targets for a million records hold. */
const largeScale = 500_000
const mostMemoryMb = 250

const options = new Command('test:performance')
  .description('Measures ChatSG against its targets, each figure beside the bare SQL of the same question in the same run.')
  .option('--scale <contacts>', 'size of the demo world', toScale, 20_000)
  .option('--rate <calls/ms>', 'calls to Insightly in any window of milliseconds', toRate, { requests: 10, windowMs: 1000 })
  .option('--only <names...>', `of ${scenarioNames.join(', ')}`)
  .option('--data <folder>', 'keep the demo world in this folder, and load it only when the folder is not there')
  .option('--json', 'print JSON')
  .parse()
  .opts<Options>()

const figures: Figure[] = []
const report = (measured: readonly Figure[]) => {
  figures.push(...measured)
  if (!options.json) for (const figure of measured) process.stdout.write(`${toLine(figure)}\n`)
}
const wants = (name: ScenarioName) => options.only === undefined || options.only.includes(name)

const folder = await mkdtemp(join(tmpdir(), 'chatsg-performance-'))
try {
  if (!options.json) process.stdout.write(`Demo world of ${options.scale.toLocaleString('en')} contacts, ${clients} clients at once\n`)
  if (wants('start-up')) report(await measureStartUp(folder))
  if (wants('guard')) report(measureGuard())
  if (wants('import')) report(await measureImport(folder, options.scale))
  if (wants('sync')) report(await measureSync(folder, options.scale, options.rate))
  if (wants('model')) report(await measureModel(folder))
  if (wants('search') || wants('questions') || wants('pipeline')) await measureServing()
} finally {
  await rm(folder, { recursive: true, force: true })
}
const passed = figures.every(passes)
if (options.json)
  process.stdout.write(
    `${JSON.stringify({ scale: options.scale, clients, passed, figures: figures.map((figure) => ({ ...figure, passed: passes(figure) })) }, null, 2)}\n`,
  )
else process.stdout.write(passed ? 'All targets are reached.\n' : `${figures.filter((figure) => !passes(figure)).length} targets are missed.\n`)
process.exitCode = passed ? 0 : 1

async function measureServing(): Promise<void> {
  const variables = { DATA_DIR: resolve(options.data ?? join(folder, 'serving')), DEMO_DATA: 'none' }
  if (!existsSync(variables.DATA_DIR)) report(await seedWorld(variables, options.scale))
  const server = await startServer(variables)
  const before = await server.memory()
  if (before !== undefined) report([{ name: 'node memory after the start', value: before.now, unit: 'MB' }])
  const sql = await openBareSql(variables)
  const client = createHttpClient(server.url, apiKey)
  const large = options.scale >= largeScale
  try {
    // Right after a load the statistics are those of an empty table; the database would gather them within a minute by itself.
    await sql.query('analyze', [])
    if (wants('search')) report(await measureSearch(client, sql, large))
    if (wants('questions')) report(await measureQuestions(client, sql, server, large))
    if (wants('pipeline')) report(await measurePipeline(client, sql, large))
    const memory = await server.memory()
    if (memory !== undefined) report([{ name: 'node memory, at most', value: memory.most, unit: 'MB', target: 1024, goal: mostMemoryMb }])
  } finally {
    client.close()
    await sql.close()
    await server.stop()
  }
}

function toScale(text: string): number {
  if (!/^\d{1,8}$/.test(text) || Number(text) < 1) throw new InvalidArgumentError('It is a number of contacts.')
  return Number(text)
}

function toRate(text: string): Rate {
  const [, requests, windowMs] = /^([1-9]\d{0,5})\/([1-9]\d{0,6})$/.exec(text) ?? []
  if (requests === undefined || windowMs === undefined) throw new InvalidArgumentError('It is calls/milliseconds, for example 10/1000.')
  return { requests: Number(requests), windowMs: Number(windowMs) }
}
