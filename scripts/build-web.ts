import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../', import.meta.url))
const inputs = ['frontend', 'contracts', 'vite.config.ts', 'package-lock.json']

export type WebBuild = 'fresh' | 'built' | 'kept'

export interface WebBuildOptions {
  /** Repository root, for tests. */
  folder?: string
  /** Says what happens, a line each. */
  say?: (line: string) => void
}

/** How `frontend/dist` stands to its sources; by their contents, since a checkout changes the times of what is the same. */
export function inspectWebBuild(folder = root): { state: 'fresh' | 'stale' | 'missing'; hash: string } {
  const dist = join(folder, 'frontend', 'dist')
  const stamp = join(dist, '.built')
  const hash = digest(
    folder,
    inputs.flatMap((input) => listFiles(join(folder, input))),
  )
  if (!existsSync(join(dist, 'index.html'))) return { state: 'missing', hash }
  return { state: existsSync(stamp) && readFileSync(stamp, 'utf8') === hash ? 'fresh' : 'stale', hash }
}

/**
 * Builds the web app into `frontend/dist` when its sources have changed since; a machine without Vite keeps what is there.
 * @throws Error with one sentence for people when it cannot be built, or is missing and cannot be
 */
export async function ensureWebBuilt({ folder = root, say = (line) => process.stderr.write(`${line}\n`) }: WebBuildOptions = {}): Promise<WebBuild> {
  const dist = join(folder, 'frontend', 'dist')
  const vite = join(folder, 'node_modules', 'vite', 'bin', 'vite.js')
  const { state, hash } = inspectWebBuild(folder)
  if (state === 'fresh') return 'fresh'
  if (!existsSync(vite)) {
    if (state === 'missing') throw new Error('The web app is not built and the tools to build it are not installed; run "npm ci" and "npm run build".')
    say('The web app may be older than its sources and is kept, because the tools to build it are not installed.')
    return 'kept'
  }
  say('Building the web app…')
  await build(folder, dist, vite, hash)
  return 'built'
}

async function build(folder: string, dist: string, vite: string, hash: string): Promise<void> {
  // Built beside and then renamed, so that a server never sees half of it and a failure keeps the old one.
  const name = `dist-${process.pid}`
  const draft = join(folder, 'frontend', name)
  try {
    const env = { ...process.env, NODE_ENV: 'production' }
    await promisify(execFile)(process.execPath, [vite, 'build', '--outDir', name, '--emptyOutDir', '--logLevel', 'warn'], { cwd: folder, env }).catch(
      (error: Error & { stdout: string; stderr: string }) => {
        throw new Error(`The web app could not be built: ${withoutStack(error.stderr + error.stdout)}`, { cause: error })
      },
    )
    writeFileSync(join(draft, '.built'), hash)
    rmSync(dist, { recursive: true, force: true })
    renameSync(draft, dist)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

/** What went wrong, without the stack of the tool that says it. */
function withoutStack(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('    at '))
  return lines.slice(0, 12).join('\n')
}

function digest(folder: string, files: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of files)
    hash
      .update(`${relative(folder, file)}\0`)
      .update(readFileSync(file))
      .update('\0')
  return hash.digest('hex')
}

function listFiles(path: string): string[] {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [path]
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/(^|[\\/])(dist(-\d+)?|node_modules)[\\/]|\.test\.tsx?$/.test(relative(path, file)))
    .sort()
}

/** What a build came to, for a person or a program. */
export function tellBuild(result: WebBuild | Error, asJson: boolean): string {
  if (result instanceof Error) return asJson ? JSON.stringify({ ok: false, error: result.message }) : result.message
  if (asJson) return JSON.stringify({ ok: true, outcome: result, folder: 'frontend/dist' })
  return result === 'built' ? 'frontend/dist is built.' : 'frontend/dist is up to date.'
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const asJson = process.argv.includes('--json')
  try {
    process.stdout.write(`${tellBuild(await ensureWebBuilt(), asJson)}\n`)
  } catch (error) {
    const out = asJson ? process.stdout : process.stderr
    out.write(`${tellBuild(error as Error, asJson)}\n`)
    process.exitCode = 1
  }
}
