import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import type { Rate } from './insightly-process.ts'

export const scenarioNames = ['start-up', 'guard', 'http', 'agents', 'import', 'sync', 'model', 'search', 'questions', 'pipeline', 'users'] as const
export type ScenarioName = (typeof scenarioNames)[number]

export interface Options {
  scale: number
  rate: Rate
  only?: ScenarioName[]
  data?: string
  json?: boolean
  markdown?: string
  history: string
  comparison?: string
}

const historyFile = fileURLToPath(new URL('./history.jsonl', import.meta.url))

/** Reads the command line; ends the process with 2 when it is not right. */
export function readOptions(argv: readonly string[]): Options {
  const command = new Command('test:performance')
    .description(
      'Measures ChatSG against its targets, each figure beside a yardstick of the same run. Ends with 1 when a target is missed, with 2 when something could not be measured.',
    )
    .option('--scale <contacts>', 'size of the demo world', toScale, 20_000)
    .option('--rate <calls/ms>', 'calls to Insightly in any window of milliseconds', toRate, { requests: 10, windowMs: 1000 })
    .addOption(new Option('--only <names...>', 'only these scenarios').choices(scenarioNames))
    .option('--data <folder>', 'keep the demo world in this folder, and load it only when the folder is not there', toPath)
    .option('--json', 'print JSON')
    .option('--markdown <file>', 'write the table into this file', toPath)
    .option('--history <file>', 'keep the figures of each run in this file, a line each, and compare with the last ones', toPath, historyFile)
    .option('--comparison <folder>', 'install the agent loops of others there, else below the temporary folder', toPath)
    .exitOverride()
  try {
    return command.parse([...argv]).opts<Options>()
  } catch (error) {
    if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2)
    throw error
  }
}

/** npm moves to the repository; a path is relative to where it was typed. */
function toPath(text: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), text)
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
