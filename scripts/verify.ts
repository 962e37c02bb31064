import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { renderEnvExample } from '../backend/src/config/env-example.ts'
import { checkArchitecture } from './architecture-rules.ts'
import { checkDocs } from './docs-check.ts'

interface Check {
  name: string
  /** What is wrong, a line each. */
  run(): Promise<string[]>
}

interface CheckResult {
  name: string
  ok: boolean
  durationMs: number
  problems: string[]
}

const root = fileURLToPath(new URL('../', import.meta.url))
const { values: options } = parseArgs({ options: { json: { type: 'boolean' }, fix: { type: 'boolean' }, only: { type: 'string', multiple: true } } })

const checks: readonly Check[] = [
  { name: 'format and lint', run: checkFormatAndLint },
  { name: 'types', run: () => runTool('typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.json']) },
  {
    name: 'types of the web app',
    run: () =>
      existsSync(join(root, 'frontend/tsconfig.json')) ? runTool('typescript/bin/tsc', ['--noEmit', '-p', 'frontend/tsconfig.json']) : Promise.resolve([]),
  },
  { name: 'architecture', run: async () => checkArchitecture(root).map(({ rule, path, line, message }) => `${path}:${line} ${rule}: ${message}`) },
  { name: 'documentation', run: async () => checkDocs(root) },
  { name: 'backend/.env.example', run: async () => checkEnvExample() },
]

/** One line a problem, where the tool itself shows a page. */
async function checkFormatAndLint(): Promise<string[]> {
  const fix = options.fix ? ['--write'] : []
  const output = await runTool('@biomejs/biome/bin/biome', ['check', ...fix, '--reporter=github', '--max-diagnostics=200', '.'])
  const problems = output.flatMap((line) => {
    const match = /^::error title=([^,]+),file=([^,]+),line=(\d+)[^:]*::(.*)$/.exec(line)
    if (match === null) return []
    const [, rule, file = '', lineNumber, message] = match
    return [`${relative(root, file)}:${lineNumber} ${rule === 'format' ? 'is not formatted' : `${rule}: ${message}`}`]
  })
  if (output.length > 0 && problems.length === 0) return output
  return problems.length > 0 ? [...problems, 'Most of this is mended with: npm run verify -- --fix'] : []
}

function checkEnvExample(): string[] {
  const path = join(root, 'backend/.env.example')
  const wanted = renderEnvExample()
  if (options.fix) writeFileSync(path, wanted)
  if (existsSync(path) && readFileSync(path, 'utf8') === wanted) return []
  return ['backend/.env.example differs from backend/src/config/schema.ts; mend it with: npm run verify -- --fix']
}

function runTool(tool: string, args: string[]): Promise<string[]> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', tool), ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const collect = (chunk: Buffer) => {
      output += chunk
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('error', failed)
    child.on('close', (code) => done(code === 0 ? [] : output.trim().split('\n')))
  })
}

async function runCheck({ name, run }: Check): Promise<CheckResult> {
  const startedAt = performance.now()
  const problems = await run()
  const result = { name, ok: problems.length === 0, durationMs: Math.round(performance.now() - startedAt), problems }
  if (!options.json)
    process.stdout.write(
      `${result.ok ? 'ok    ' : 'FAILED'} ${name} (${(result.durationMs / 1000).toFixed(1)} s)\n${problems.map((problem) => `       ${problem}\n`).join('')}`,
    )
  return result
}

const chosen = checks.filter(({ name }) => options.only === undefined || options.only.includes(name))
const results = await Promise.all(chosen.map(runCheck))
const ok = results.length > 0 && results.every((result) => result.ok)
if (options.json) process.stdout.write(`${JSON.stringify({ ok, checks: results }, null, 2)}\n`)
else if (results.length === 0) process.stderr.write(`There is no such check; choose among ${checks.map(({ name }) => `"${name}"`).join(', ')}.\n`)
process.exitCode = ok ? 0 : 1
