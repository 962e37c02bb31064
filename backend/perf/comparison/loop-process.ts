import { pathToFileURL } from 'node:url'
import { expected, instructions, type Loop, type LoopTask, lookup, modelName, question } from './task.ts'

/** What the process is asked to do. */
export interface LoopOrder {
  runs: number
  atOnce: number
}

/** What it tells of it. */
export interface LoopReport {
  /** Milliseconds of each run. */
  durations: number[]
  /** Milliseconds of processor time of all of them together. */
  processorMs: number
  /** Megabytes resident at the end. */
  memoryMb: number
}

export interface LoopReady {
  /** Milliseconds until the loop was loaded and built, since the process began. */
  readyMs: number
}

const [file = '', modelUrl = ''] = process.argv.slice(2)
let calls = 0
const task: LoopTask = {
  modelUrl,
  model: modelName,
  instructions,
  question,
  lookup: {
    ...lookup,
    run(order) {
      calls++
      return lookup.run(order)
    },
  },
}

const { createLoop } = (await import(pathToFileURL(file).href)) as { createLoop: (task: LoopTask) => Loop }
const loop = createLoop(task)
const ready: LoopReady = { readyMs: performance.now() }
process.send?.(ready)
process.once('disconnect', () => process.exit(0))
process.on('message', (order: LoopOrder) => {
  perform(order).then(
    (report) => process.send?.(report),
    (error: Error) => process.send?.({ error: `${error.name}: ${error.message}`.slice(0, 500) }),
  )
})

async function perform({ runs, atOnce }: LoopOrder): Promise<LoopReport> {
  const durations: number[] = []
  const callsBefore = calls
  const before = process.cpuUsage()
  let left = runs
  const work = async () => {
    while (left-- > 0) {
      const started = performance.now()
      const text = await loop()
      durations.push(performance.now() - started)
      if (text !== expected) throw new Error(`It answered ${JSON.stringify(text.slice(0, 200))}.`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  if (calls - callsBefore !== runs) throw new Error(`It called the tool ${calls - callsBefore} times in ${runs} runs.`)
  const { user, system } = process.cpuUsage(before)
  return { durations, processorMs: (user + system) / 1000, memoryMb: process.memoryUsage.rss() / 1024 / 1024 }
}
