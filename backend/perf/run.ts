import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exitCodeOf, type Figure, type Measured, passes, toLine, type Unmeasured } from './figures.ts'
import { missingTargets, yardstickOf } from './guide.ts'
import { appendHistory, mediansBefore, readHistory } from './history.ts'
import { clients } from './load.ts'
import { readCommit, readLoad, readMachine } from './machine.ts'
import { readOptions, type ScenarioName, scenarioNames } from './options.ts'
import { measureAgents } from './scenarios/agents.ts'
import { measureGuard } from './scenarios/guard.ts'
import { measureHttp } from './scenarios/http.ts'
import { measureImport } from './scenarios/import.ts'
import { measureModel } from './scenarios/model.ts'
import { measureStartUp } from './scenarios/start-up.ts'
import { measureSync } from './scenarios/sync.ts'
import { measureServing, servedNames } from './serving.ts'
import { toMarkdown, toTextTable } from './table.ts'

const options = readOptions(process.argv)
// 1 says that a target is missed, and nothing else.
process.once('uncaughtException', (error) => {
  process.stderr.write(`The run could not be finished: ${error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(2)
})
const wants = (name: ScenarioName) => options.only === undefined || options.only.includes(name)
const figures: Figure[] = []
const unmeasured: Unmeasured[] = []

const say = (text: string) => {
  if (!options.json) process.stdout.write(`${text}\n`)
}
const report = (measured: readonly Figure[]) => {
  figures.push(...measured)
  for (const figure of measured) say(toLine(figure))
}
const leaveOut = (missing: Unmeasured) => {
  unmeasured.push(missing)
  say(`not measured: ${missing.what}: ${missing.why}`)
}

/** One scenario that fails does not take the others with it. */
async function measure(name: string, work: () => Promise<Figure[] | Measured> | Figure[]): Promise<void> {
  try {
    const measured = await work()
    if (Array.isArray(measured)) return report(measured)
    report(measured.figures)
    measured.unmeasured.forEach(leaveOut)
  } catch (error) {
    leaveOut({ what: `scenario ${name}`, why: error instanceof Error ? error.message : String(error) })
  }
}

const machine = readMachine()
const loadBefore = readLoad()
const startedAt = new Date()
const folder = await mkdtemp(join(tmpdir(), 'chatsg-performance-'))
const alone: Partial<Record<ScenarioName, () => Promise<Figure[] | Measured> | Figure[]>> = {
  'start-up': () => measureStartUp(folder),
  guard: measureGuard,
  http: () => measureHttp(folder),
  agents: () => measureAgents(options.comparison),
  import: () => measureImport(folder, options.scale),
  sync: () => measureSync(folder, options.scale, options.rate),
  model: () => measureModel(folder),
}

try {
  say(`Demo world of ${options.scale.toLocaleString('en')} contacts, ${clients} clients at once`)
  for (const name of scenarioNames) {
    const work = alone[name]
    if (work !== undefined && wants(name)) await measure(name, work)
  }
  const served = servedNames.filter(wants)
  if (served.length > 0)
    await measure('demo world', async () => {
      await measureServing(folder, options, served, { report, measure })
      return []
    })
} finally {
  await rm(folder, { recursive: true, force: true })
}
// Whoever asks for a part does not miss the rest.
if (options.only === undefined)
  for (const { name, promise } of missingTargets(figures)) leaveOut({ what: `the guide's "${name} ${promise}"`, why: 'no scenario reported it' })

const before = mediansBefore(await readHistory(options.history), { scale: options.scale, machine })
const passed = figures.every(passes)
const isWhole = unmeasured.every(({ isTolerated }) => isTolerated === true)
const commit = await readCommit()
const load = { before: loadBefore, after: readLoad() }
await appendHistory(options.history, {
  at: startedAt.toISOString(),
  commit,
  scale: options.scale,
  machine,
  load,
  passed,
  figures: Object.fromEntries(figures.map(({ name, value, unit }) => [name, { value, unit }])),
})

const run = { figures, unmeasured, before }
if (options.markdown !== undefined) {
  const { cores, processor, memoryMb, node } = machine
  const when = `${startedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC, commit ${commit ?? 'unknown'}`
  const where = `${cores} cores of ${processor}, ${(memoryMb / 1024).toFixed(0)} GB, Node ${node}; load ${load.before} before and ${load.after} after`
  await writeFile(options.markdown, toMarkdown(run, `${when}; ${options.scale.toLocaleString('en')} contacts; ${where}.`))
}
if (options.json) {
  const detailed = figures.map((figure) => ({
    ...figure,
    yardstick: yardstickOf(figure, figures),
    before: before.get(figure.name),
    passed: passes(figure),
  }))
  const { scale } = options
  process.stdout.write(
    `${JSON.stringify({ at: startedAt.toISOString(), commit, scale, clients, machine, load, passed, isWhole, figures: detailed, unmeasured }, null, 2)}\n`,
  )
} else {
  const missed = figures.filter((figure) => !passes(figure)).length
  say(`\n${toTextTable(run)}\n`)
  say(missed === 0 ? `All targets that were measured are reached${isWhole ? '.' : ', and not everything was measured.'}` : `${missed} targets are missed.`)
}
process.exitCode = exitCodeOf({ figures, unmeasured })
