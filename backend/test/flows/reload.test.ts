import { type ChildProcess, spawn } from 'node:child_process'
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { productFlags } from '#contracts/deployment.ts'
import { adminKey, freePort, removeFolder, repositoryRoot, scratchFolder } from '../server-process.ts'

interface Line {
  level: string
  msg: string
  applied?: string[]
  needRestart?: string[]
  problems?: string[]
}

let root: string
let child: ChildProcess | undefined
let output = ''

/** A copy of the program, so that its `backend/.env` is ours alone. */
beforeAll(async () => {
  root = await scratchFolder()
  await mkdir(join(root, 'backend'))
  for (const part of ['backend/src', 'backend/config', 'backend/migrations', 'backend/server.js', 'contracts', 'scripts', 'package.json'])
    await cp(join(repositoryRoot, part), join(root, part), { recursive: true })
  await symlink(join(repositoryRoot, 'node_modules'), join(root, 'node_modules'))
  return () => removeFolder(root)
})
afterEach(async () => {
  const ended = new Promise((done) => child?.once('exit', done))
  child?.kill('SIGKILL')
  await ended
})

function settings(values: Record<string, string>): Promise<void> {
  return writeFile(
    join(root, 'backend/.env'),
    Object.entries(values)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  )
}

async function start(env: Record<string, string>): Promise<string> {
  const port = await freePort()
  const all = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ADMIN_API_KEY: adminKey, DEMO_DATA: 'none', DATA_DIR: join(root, 'data') }
  child = spawn(process.execPath, ['backend/server.js', '--no-web-build'], { cwd: root, env: { ...all, PORT: String(port), ...env } })
  output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk))
  const url = `http://127.0.0.1:${port}`
  await until('the start', () =>
    fetch(`${url}/api/health?check=readiness`).then(
      ({ ok }) => ok,
      () => false,
    ),
  )
  return url
}

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 60_000; !(await holds()); await sleep(50)) if (Date.now() > deadline) throw new Error(`${what} did not happen:\n${output}`)
}

function linesSaying(message: string): Line[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{') && line.includes(message))
    .map((line) => JSON.parse(line) as Line)
}

async function reload(message: string): Promise<Line> {
  const before = linesSaying(message).length
  child?.kill('SIGHUP')
  await until(message, () => linesSaying(message).length > before)
  return linesSaying(message).at(-1) as Line
}

/** Those that the configuration names, beside the product's own. */
const flagsOf = async (url: string): Promise<Record<string, boolean>> => {
  const { flags } = (await (await fetch(`${url}/api/deployment`, { headers: { authorization: `Bearer ${adminKey}` } })).json()) as {
    flags: Record<string, boolean>
  }
  return Object.fromEntries(Object.entries(flags).filter(([name]) => !(name in productFlags)))
}
const limitOf = async (url: string) => Number((await fetch(`${url}/api/slash-commands`)).headers.get('ratelimit-limit'))

describe('SIGHUP', { timeout: 120_000 }, () => {
  it('has one process read levels, flags and limits anew, and refuses what is wrong', async () => {
    await settings({ LOG_LEVEL: 'warn', RATE_LIMIT_MAX: '70' })
    const url = await start({})
    expect([await limitOf(url), await flagsOf(url)]).toEqual([70, {}])
    expect(linesSaying('Request served')).toEqual([])

    await settings({ LOG_LEVEL: 'info', RATE_LIMIT_MAX: '80', FEATURE_FLAGS: 'beta', CRM_MAX_PAGE_SIZE: '7' })
    const read = await reload('The configuration is read anew')
    expect(read.applied?.toSorted()).toEqual(['FEATURE_FLAGS', 'LOG_LEVEL', 'RATE_LIMIT_MAX'])
    expect(read.needRestart).toEqual(['CRM_MAX_PAGE_SIZE'])
    expect([await limitOf(url), await flagsOf(url)]).toEqual([80, { beta: true }])
    await until('a line of a request', () => linesSaying('Request served').length > 0)

    await settings({ RATE_LIMIT_MAX: 'plenty', FEATURE_FLAGS: 'other' })
    const refused = await reload('The configuration is refused')
    expect(refused).toMatchObject({ level: 'error', problems: [expect.stringContaining('RATE_LIMIT_MAX')] })
    expect([await limitOf(url), await flagsOf(url)]).toEqual([80, { beta: true }])
  })

  it('has workers replaced by such that have read it anew, and by none that would not start', async () => {
    await settings({ FEATURE_FLAGS: 'first', RATE_LIMIT_MAX: '70' })
    const url = await start({ CHATSG_ENVIRONMENT: 'staging', HTTPS_ONLY: 'false' })
    expect(await flagsOf(url)).toEqual({ first: true })

    await settings({ FEATURE_FLAGS: 'second', RATE_LIMIT_MAX: '-1' })
    expect((await reload('The configuration is refused')).problems).toEqual([expect.stringContaining('RATE_LIMIT_MAX')])
    expect([await limitOf(url), await flagsOf(url)]).toEqual([70, { first: true }])
    expect(linesSaying('Replacing the workers')).toEqual([])

    await settings({ FEATURE_FLAGS: 'second', RATE_LIMIT_MAX: '90' })
    child?.kill('SIGHUP')
    await until('workers that have read it', async () => (await flagsOf(url).catch((): Record<string, boolean> => ({}))).second === true)
    // The old one answers on connections that it has, until it is gone.
    await until('answers of none but them', async () => (await limitOf(url)) === 90)
  })
})
