/** `node backend/test/questions/office/write-scenario.ts SHARED FOLDER [contacts|leads] [--as-written]`: the office as a scenario of `agents score`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { customerShapes } from './office-files.ts'
import { makeOfficeScenario } from './office-scenario.ts'

const [shared, target, given = 'contacts'] = process.argv.slice(2)
const shape = customerShapes.find((name) => name === given)
if (shared === undefined || target === undefined || shape === undefined) {
  process.stderr.write('Say the folder that holds data/nl_query, where to write, and contacts or leads.\n')
  process.exit(1)
}
const folder = resolve(target)
mkdirSync(folder, { recursive: true })
const scenario = makeOfficeScenario({ data: resolve(shared), folder, shape, asWritten: process.argv.includes('--as-written') })
writeFileSync(join(folder, 'scenario.json'), `${JSON.stringify(scenario, undefined, 1)}\n`)
process.stdout.write(`${scenario.tasks.length} tasks: ${join(folder, 'scenario.json')}\n`)
