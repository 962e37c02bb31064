import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Contestant, startContestant, startLoopModel } from '../comparison/contestants.ts'
import { installOthers } from '../comparison/install.ts'
import { type Figure, type Measured, percentilesOf } from '../figures.ts'

const here = fileURLToPath(new URL('../comparison/', import.meta.url))
const warmUpRuns = 60
const rounds = 10
/** Of each round and each way of asking. */
const runsARound = 20
const atOnce = 20

/** The two requests alone, ours, the library under ours, and three others. */
const own = { bare: 'bare.ts', ChatSG: 'chatsg.ts', 'AI SDK': 'ai-sdk.ts' }
const others = { 'OpenAI Agents': 'openai-agents.js', Mastra: 'mastra.js', LangGraph: 'langgraph.js' }

interface Taken {
  readyMs: number
  memoryMb: number
  alone: Turns
  together: Turns
}

interface Turns {
  durations: number[]
  processorMs: number
}

/**
 * Our agent loop beside those of others, all against one stand-in for a model: a call of a tool, then a streamed answer of forty words.
 * @param folder where the others' packages are installed
 */
export async function measureAgents(folder: string | undefined): Promise<Measured> {
  const unmeasured: Measured['unmeasured'] = []
  const installed = await installOthers(folder)
  const files = Object.entries(own).map(([name, file]) => [name, join(here, file)] as const)
  if ('folder' in installed) files.push(...Object.entries(others).map(([name, file]) => [name, join(installed.folder, file)] as const))
  else
    for (const name of Object.keys(others))
      unmeasured.push({ what: `agent loop of ${name}`, why: `could not be installed: ${installed.why}`, isTolerated: true })
  const model = await startLoopModel()
  const running = new Map<string, Contestant>()
  try {
    const taken = new Map<string, Taken>()
    for (const [name, file] of files) {
      try {
        const contestant = await startContestant(file, model.url)
        running.set(name, contestant)
        await contestant.perform({ runs: warmUpRuns, atOnce: 5 })
        const nothing = () => ({ durations: [], processorMs: 0 })
        taken.set(name, { readyMs: contestant.readyMs, memoryMb: Number.NaN, alone: nothing(), together: nothing() })
      } catch (error) {
        unmeasured.push({ what: `agent loop of ${name}`, why: (error as Error).message })
      }
    }
    await takeTurns(running, taken)
    return { figures: toFigures(taken), unmeasured }
  } finally {
    for (const contestant of running.values()) await contestant.stop()
    await model.stop()
  }
}

/** By turns, so that all meet the same machine. */
async function takeTurns(running: ReadonlyMap<string, Contestant>, taken: ReadonlyMap<string, Taken>): Promise<void> {
  for (const way of ['alone', 'together'] as const) {
    for (let round = 0; round < rounds; round++) {
      for (const [name, result] of taken) {
        const report = await running.get(name)?.perform({ runs: runsARound, atOnce: way === 'alone' ? 1 : atOnce })
        if (report === undefined) continue
        result[way].durations.push(...report.durations)
        result[way].processorMs += report.processorMs
        result.memoryMb = report.memoryMb
      }
    }
  }
}

const ways = { alone: 'one at a time', together: `${atOnce} at once` } as const

function toFigures(taken: ReadonlyMap<string, Taken>): Figure[] {
  const bare = taken.get('bare')
  if (bare === undefined) return []
  const loops = [...taken].filter(([name]) => name !== 'bare')
  const rivals = loops.filter(([name]) => name in others).map(([, result]) => result)
  const figures: Figure[] = []
  const add = (what: string, unit: Figure['unit'], read: (one: Taken) => number, yardstick?: number) => {
    // To be as good as the best of the others is what we are working towards.
    const best = rivals.length === 0 ? undefined : Math.min(...rivals.map(read))
    for (const [name, result] of loops)
      figures.push({
        name: `${name} loop, ${what}`,
        value: read(result),
        unit,
        ...(yardstick === undefined ? {} : { yardstick }),
        ...(name === 'ChatSG' && best !== undefined ? { goal: best, note: 'the goal is the best of the three others' } : {}),
      })
  }
  for (const way of ['alone', 'together'] as const) {
    const [p50, p95] = [percentilesOf(bare[way].durations).p50, percentilesOf(bare[way].durations).p95]
    const cost = (one: Taken) => one[way].processorMs / one[way].durations.length
    add(`${ways[way]}, p50 beyond bare`, 'ms', (one) => percentilesOf(one[way].durations).p50 - p50, p50)
    add(`${ways[way]}, p95 beyond bare`, 'ms', (one) => percentilesOf(one[way].durations).p95 - p95, p95)
    add(`${ways[way]}, processor time a run`, 'ms', cost, cost(bare))
  }
  add('memory', 'MB', (one) => one.memoryMb, bare.memoryMb)
  add('loading', 'ms', (one) => one.readyMs, bare.readyMs)
  return figures
}
