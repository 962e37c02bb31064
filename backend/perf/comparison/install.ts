import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const source = fileURLToPath(new URL('./others/', import.meta.url))
const longestMs = 300_000
const stamp = '.installed'

/** The other loops with their packages in a folder outside the checkout, or why they are not there. */
export type Installed = { folder: string } | { why: string }

/**
 * Installs the packages of the other loops, which are none of the product's; once for each list of versions.
 * @param wanted folder to use; one of the system's temporary folder when left out
 */
export async function installOthers(wanted?: string): Promise<Installed> {
  const manifest = await readFile(join(source, 'package.json'), 'utf8')
  const folder = wanted ?? join(tmpdir(), `chatsg-comparison-${createHash('sha256').update(manifest).digest('hex').slice(0, 12)}`)
  await mkdir(folder, { recursive: true })
  // The loops themselves may have changed since.
  await cp(source, folder, { recursive: true })
  if (existsSync(join(folder, stamp)) && (await readFile(join(folder, stamp), 'utf8')) === manifest) return { folder }
  const problem = await runNpm(folder)
  if (problem !== undefined) return { why: problem }
  await writeFile(join(folder, stamp), manifest)
  return { folder }
}

/** @returns npm's words when it failed */
function runNpm(folder: string): Promise<string | undefined> {
  // Below "npm run" the npm that runs, else whichever is found; either on this Node.
  const own = process.env.npm_execpath
  const isScript = own !== undefined && /npm-cli\.c?js$/.test(own)
  const [program, first] = isScript ? [process.execPath, [own]] : ['npm', []]
  const args = [
    ...first,
    'install',
    '--prefix',
    folder,
    '--no-package-lock',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--fetch-retries=1',
    '--loglevel=error',
  ]
  // "npm run" says where it was started, and npm would install there.
  const { npm_config_local_prefix: _, ...environment } = process.env
  const env = { ...environment, PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ''}` }
  return new Promise((done) => {
    const child = spawn(program, args, { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] })
    let words = ''
    let isLate = false
    child.stderr.on('data', (piece: Buffer) => {
      words = (words + piece.toString()).slice(-2000)
    })
    const limit = setTimeout(() => {
      isLate = true
      child.kill('SIGKILL')
    }, longestMs)
    child.once('error', (error) => {
      clearTimeout(limit)
      done(error.message)
    })
    child.once('exit', (code) => {
      clearTimeout(limit)
      if (code === 0) done(undefined)
      else if (isLate) done(`npm took longer than ${longestMs / 1000} s`)
      else done(words.split('\n').find((line) => /error/i.test(line)) ?? `npm ended with ${code}`)
    })
  })
}
