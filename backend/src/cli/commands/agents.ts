import { type Command, InvalidArgumentError } from 'commander'
import { reportText } from '#backend/cli/agent-score/report.ts'
import { runTasks } from '#backend/cli/agent-score/run-tasks.ts'
import { readScenario } from '#backend/cli/agent-score/scenario.ts'
import { scoreTasks, shortfalls } from '#backend/cli/agent-score/score.ts'
import { openScoreWorld } from '#backend/cli/agent-score/world.ts'
import type { CliContext } from '#backend/cli/context.ts'

interface Options {
  scenario: string
  agent: 'planner' | 'model'
  limit?: number
  domain?: string
  minDone?: number
  maxHarmful?: number
}

/** `agents score`: what agents do of a scenario's tasks, and what they do that nobody asked for. */
export function registerAgents(program: Command, context: CliContext): void {
  program
    .command('agents')
    .description('the agents')
    .command('score')
    .description('have the tasks of a scenario done in a database of its own, and compare what changed with what should have')
    .requiredOption('--scenario <file>', 'JSON as docs/score.md describes it')
    .option('--agent <agent>', 'planner (no model is asked) or model (the configured one)', readAgent, 'planner')
    .option('--limit <n>', 'only the first so many tasks', readCount)
    .option('--domain <name>', 'only the tasks of one domain')
    .option('--min-done <percent>', 'fail when fewer are done, in a domain or in all', readPercent)
    .option('--max-harmful <percent>', 'fail when more are harmful, in a domain or in all', readPercent)
    .action((options: Options) => run(context, options))
}

async function run(context: CliContext, { scenario: path, agent, limit, domain, minDone, maxHarmful }: Options): Promise<void> {
  const scenario = await readScenario(path)
  const tasks = scenario.tasks.filter((task) => domain === undefined || task.domain === domain).slice(0, limit)
  if (tasks.length === 0) return context.fail('No task of the scenario is asked for.')
  await context.with(async ({ adminUrl, config, logs }) => {
    const world = await openScoreWorld({ scenario, agent, config, logs, adminUrl, applicationPassword: config.database.applicationPassword })
    try {
      const results = await runTasks(tasks, world)
      const score = scoreTasks(results)
      const missed = shortfalls(score, { minDone, maxHarmful })
      context.print({ agent, ...score, passed: missed.length === 0, missed, results }, reportText(score, results, missed))
      if (missed.length > 0) process.exitCode = 1
    } finally {
      await world.close()
    }
  })
}

function readAgent(text: string): Options['agent'] {
  if (text === 'planner' || text === 'model') return text
  throw new InvalidArgumentError('It is planner or model.')
}

function readCount(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('It is a whole number from 1.')
  return count
}

function readPercent(text: string): number {
  const percent = Number(text)
  if (text.trim() === '' || !(percent >= 0 && percent <= 100)) throw new InvalidArgumentError('It is a number from 0 to 100.')
  return percent
}
