import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { inspectWebBuild } from '../../../../scripts/build-web.ts'
import { describeBytes, type Finding, ok, problem, warning } from './finding.ts'

const oldestNode = 24
const leastMemory = 1e9

export function checkMachine(): Finding {
  const found = `${process.platform} ${process.arch}, ${availableParallelism()} processor cores, ${describeBytes(totalmem())} of memory`
  if (totalmem() < leastMemory) return warning('machine', found, 'A large workspace needs 1 GB or more.')
  return ok('machine', found)
}

export function checkNode(): Finding {
  const found = process.versions.node
  if (Number(found.split('.')[0]) >= oldestNode) return ok('Node', found)
  return problem('Node', found, `Run "npm ci", which brings Node ${oldestNode} along.`)
}

/** Whether node_modules holds what package-lock.json asks for. */
export async function checkInstallation(root: string): Promise<Finding> {
  try {
    await promisify(execFile)(process.execPath, [join(root, 'scripts/is-installed.js')])
  } catch {
    return problem('installation', 'node_modules does not hold what package-lock.json asks for', 'Run "npm ci".')
  }
  const tools = existsSync(join(root, 'node_modules/vite')) ? 'with development tools' : 'without development tools'
  return ok('installation', `complete, ${tools}`)
}

export function checkWebApp(root: string): Finding {
  const { state } = inspectWebBuild(root)
  if (state === 'fresh') return ok('web app', 'built')
  if (existsSync(join(root, 'node_modules/vite')))
    return ok('web app', state === 'stale' ? 'older than its sources, and built at the next start' : 'not built yet, and built at the next start')
  if (state === 'stale') return warning('web app', 'older than its sources', 'Run "npm ci" and "npm run build".')
  return problem('web app', 'not built, and the tools to build it are not installed', 'Run "npm ci" and "npm run build".')
}
