import { type Command, InvalidArgumentError, Option } from 'commander'
import { AppError } from '#backend/kernel/errors.ts'
import { firstStartScale, hasRecords, loadScenario, type ScenarioName, type SeedProgress, scenarios } from '../../../seeds/index.ts'
import type { CliContext } from '../context.ts'

export interface SeedOptions {
  scenario: ScenarioName
  scale: number
  seed?: number
  force?: boolean
}

const reportEveryMs = 2000

export function registerSeed(program: Command, context: CliContext): void {
  program
    .command('seed')
    .description('load a demo scenario into the workspace; the same seed and scale give the same records')
    .addOption(new Option('--scenario <name>', 'what to load').choices(scenarios).default('demo'))
    .addOption(scaleOption())
    .addOption(new Option('--seed <number>', 'another world of the same kind').argParser(parseWholeNumber))
    .option('--force', 'add to records that are there already')
    .action((options: SeedOptions) => runSeed(context, options))
}

export function scaleOption(): Option {
  return new Option('--scale <contacts>', 'number of contacts, everything else in proportion').argParser(parseWholeNumber).default(firstStartScale)
}

/** Loads a scenario and tells how far it is, on stderr so that `--json` stays JSON. */
export async function runSeed(context: CliContext, { scenario, scale, seed, force }: SeedOptions): Promise<void> {
  await context.with(async ({ database, actor, clock }) => {
    if (!force && (await database.transaction(actor, hasRecords, { readOnly: true }))) {
      throw new AppError('CONFLICT', 'The workspace already holds records; --force adds the scenario to them.')
    }
    const started = performance.now()
    let lastReport = started
    const onProgress = ({ rows }: SeedProgress) => {
      const now = performance.now()
      if (now - lastReport < reportEveryMs) return
      lastReport = now
      process.stderr.write(`${rows.toLocaleString('en')} rows, ${rate(rows, now - started).toLocaleString('en')} rows/s\n`)
    }
    const { counts, rows } = await loadScenario(
      database,
      { type: 'system', workspaceId: actor.workspaceId, job: 'seed' },
      { scenario, scale, now: clock.now(), ...(seed === undefined ? {} : { seed }), onProgress },
    )
    const durationMs = Math.round(performance.now() - started)
    const list = Object.entries(counts).map(([entity, count]) => `  ${entity.padEnd(14)}${count.toLocaleString('en').padStart(10)}`)
    context.print(
      { scenario, scale, counts, rows, durationMs, rowsPerSecond: rate(rows, durationMs) },
      [
        `Loaded "${scenario}" in ${(durationMs / 1000).toFixed(1)} s, ${rate(rows, durationMs).toLocaleString('en')} rows/s (orders counted by lines):`,
        ...list,
      ].join('\n'),
    )
  })
}

function rate(rows: number, durationMs: number): number {
  return Math.round((rows * 1000) / Math.max(1, durationMs))
}

function parseWholeNumber(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError('It is a whole number.')
  return Number(text)
}
