import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type SkippedSuite, skippedSuitesVariable } from '../backend/test/requirements.ts'
import { summarise, type TestReport } from './test-summary.ts'

const root = fileURLToPath(new URL('../', import.meta.url)).replace(/\/$/, '')
const scratch = mkdtempSync(join(tmpdir(), 'chatsg-tests-'))
const reportPath = join(scratch, 'report.json')
const skippedPath = join(scratch, 'skipped.jsonl')

const child = spawn(
  process.execPath,
  [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`, ...process.argv.slice(2)],
  { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, [skippedSuitesVariable]: skippedPath } },
)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))

child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`)
  finish(1)
})
child.on('exit', (code) => finish(code ?? 1))

function finish(exitCode: number): void {
  const report = existsSync(reportPath) ? (JSON.parse(readFileSync(reportPath, 'utf8')) as TestReport) : undefined
  const skipped = existsSync(skippedPath) ? readSkipped() : []
  rmSync(scratch, { recursive: true, force: true })
  const { lines, failed } = summarise(report, skipped, { exitCode, requireAll: process.env.REQUIRE_ALL === '1', root })
  process.stdout.write(`\n${lines.join('\n')}\n`)
  process.exitCode = failed > 0 ? 1 : 0
}

function readSkipped(): SkippedSuite[] {
  const lines = readFileSync(skippedPath, 'utf8').split('\n')
  return [...new Set(lines)].filter((line) => line !== '').map((line) => JSON.parse(line) as SkippedSuite)
}
