import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adminKey, freePort, removeFolder, repositoryRoot, scratchFolder } from '../server-process.ts'

const headers = { authorization: `Bearer ${adminKey}` }

describe.skipIf(process.platform !== 'linux')('deploy/update.sh', { timeout: 300_000 }, () => {
  let folder: string
  let home: string
  let url: string
  let env: Record<string, string>
  let server: ChildProcess
  let printed = ''

  beforeAll(async () => {
    folder = await scratchFolder()
    home = join(folder, 'opt')
    const port = await freePort()
    url = `http://127.0.0.1:${port}`
    env = {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      DATA_DIR: join(folder, 'data'),
      PORT: String(port),
      WORKERS: '2',
      ADMIN_API_KEY: adminKey,
      DEMO_DATA: 'none',
      LOG_LEVEL: 'warn',
      RATE_LIMIT_MAX: '1000000',
    }
  })
  afterAll(async () => {
    if (server?.exitCode === null) {
      const ended = new Promise((done) => server.once('exit', done))
      server.kill('SIGKILL')
      await ended
    }
    await removeFolder(folder)
  })

  /** What this checkout would be as a release of that version, with its packages. */
  function makeRelease(version: string, change: (release: string) => void = () => undefined): string {
    const release = join(folder, `release-${version}`)
    mkdirSync(join(release, 'frontend/dist'), { recursive: true })
    writeFileSync(join(release, 'frontend/dist/index.html'), '<h1>ChatSG</h1>')
    for (const name of ['src', 'config', 'migrations', 'seeds', 'server.js', 'cli.js'])
      cpSync(join(repositoryRoot, 'backend', name), join(release, 'backend', name), { recursive: true })
    for (const name of ['contracts', 'scripts']) cpSync(join(repositoryRoot, name), join(release, name), { recursive: true })
    const manifest = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as object
    writeFileSync(join(release, 'package.json'), JSON.stringify({ ...manifest, version }))
    symlinkSync(join(repositoryRoot, 'node_modules'), join(release, 'node_modules'))
    change(release)
    return release
  }

  function update(release: string, more: Record<string, string> = {}) {
    const reload = `kill -HUP ${server?.pid ?? 0}`
    const settings = { CHATSG_HOME: home, CHATSG_ENV_FILE: join(folder, 'none.env'), CHATSG_URL: url, CHATSG_RELOAD: reload, CHATSG_GATE: '120' }
    const child = spawn('sh', [join(repositoryRoot, 'deploy/update.sh'), release], { env: { ...env, ...settings, ...more } })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    return new Promise<{ code: number | null; output: string }>((done) => child.once('close', (code) => done({ code, output })))
  }

  const current = () => basename(realpathSync(join(home, 'current')))
  const versionNow = async () => ((await (await fetch(`${url}/api/health`, { headers })).json()) as { version: string }).version

  /** Asks all the time, and tells what failed. */
  async function whileAsking<T>(work: Promise<T>): Promise<{ result: T; asked: number; failures: string[] }> {
    const failures: string[] = []
    let asked = 0
    let isDone = false
    const loop = (async () => {
      for (; !isDone; await sleep(30)) {
        asked += 1
        await fetch(`${url}/api/crm/contacts?limit=1`, { headers }).then(
          async (response) => {
            await response.text()
            if (!response.ok) failures.push(`status ${response.status}`)
          },
          (error: Error) => failures.push(String(error.cause ?? error.message)),
        )
      }
    })()
    const result = await work
    isDone = true
    await loop
    return { result, asked, failures }
  }

  it('installs the first release, and leaves starting it to people', async () => {
    const { code, output } = await update(makeRelease('1.0.0'))
    expect(output).toContain('1.0.0 is installed')
    expect(code).toBe(0)
    expect(current()).toMatch(/^1\.0\.0-\d{14}$/)
    server = spawn(process.execPath, [join(home, 'current/backend/server.js')], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [server.stdout, server.stderr]) stream?.on('data', (chunk) => (printed += chunk))
    for (let attempt = 0; !printed.includes('ChatSG is ready'); attempt += 1) {
      if (attempt > 1200 || server.exitCode !== null) throw new Error(`The server did not start:\n${printed}`)
      await sleep(50)
    }
    expect(await versionNow()).toBe('1.0.0')
  })

  it('brings the next one into service, and no request fails', async () => {
    const { result, asked, failures } = await whileAsking(update(makeRelease('1.1.0')))
    expect(result.output).toContain('1.1.0 serves')
    expect(result.code).toBe(0)
    expect(current()).toMatch(/^1\.1\.0-/)
    expect(await versionNow()).toBe('1.1.0')
    expect(asked).toBeGreaterThan(10)
    expect(failures).toEqual([])
  })

  it('takes back one that does not come up, and no request fails', async () => {
    const broken = makeRelease('1.2.0', (release) => {
      writeFileSync(join(release, 'backend/src/main.ts'), 'process.exit(7)\n')
      // What it adds to the database stays there, and the release before works on with it.
      writeFileSync(join(release, 'backend/migrations/9000_added.sql'), 'create table added (id uuid primary key);\n')
    })
    const { result, failures } = await whileAsking(update(broken, { CHATSG_GATE: '15' }))
    expect(result.output).toContain('1 migrations will run; a backup first')
    expect(result.output).toContain('1.2.0 did not prove itself; 1.1.0 serves again')
    expect(result.code).toBe(1)
    expect(current()).toMatch(/^1\.1\.0-/)
    expect(await versionNow()).toBe('1.1.0')
    expect(failures).toEqual([])
    expect(readdirSync(join(home, 'releases')).filter((name) => name.startsWith('.failed-1.2.0'))).toHaveLength(1)
  })

  it('changes nothing when the configuration does not fit, or the archive is damaged', async () => {
    const before = [readdirSync(join(home, 'releases')), current()]
    const refused = await update(makeRelease('1.3.0'), { LOG_LEVEL: 'loud' })
    expect(refused.output).toMatch(/LOG_LEVEL[\s\S]*Nothing was changed/)
    expect(refused.code).toBe(1)
    const archive = join(folder, 'chatsg-1.4.0.tar.gz')
    spawnSync('tar', ['-czf', archive, '-C', folder, 'release-1.3.0'])
    spawnSync('sh', ['-c', 'sha256sum chatsg-1.4.0.tar.gz >chatsg-1.4.0.tar.gz.sha256'], { cwd: folder })
    const bytes = readFileSync(archive)
    bytes.writeUInt8(bytes.readUInt8(1000) ^ 1, 1000)
    writeFileSync(archive, bytes)
    const damaged = await update(archive)
    expect(damaged.output).toContain('is damaged')
    expect(damaged.code).toBe(1)
    const after = [(before[0] as string[]).filter((name) => !name.startsWith('.failed-')), current()]
    expect([readdirSync(join(home, 'releases')), current()]).toEqual(after)
  })
})
