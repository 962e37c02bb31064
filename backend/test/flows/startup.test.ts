import { spawnSync } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adminKey, freePort, removeFolder, repositoryRoot, type ServerProcess, scratchFolder, spawnServer, startServer } from '../server-process.ts'

let folder: string
let server: ServerProcess

beforeAll(async () => {
  folder = await scratchFolder()
  server = await startServer(folder)
})
afterAll(async () => {
  await server.stop()
  await removeFolder(folder)
})

/** The one sentence a failed start leaves. */
async function failure(env: Record<string, string>): Promise<{ code: number | null; sentence: string }> {
  const started = spawnServer(env)
  const code = await started.exited
  const lines = started
    .output()
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('{'))
  return { code, sentence: lines.join('\n') }
}

function postmasterOf(dataDir: string): Promise<number> {
  return readFile(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8').then((text) => Number(text.split('\n')[0]))
}

describe('starting', () => {
  it('says in one sentence that the port is taken', async () => {
    const other = await scratchFolder()
    const { code, sentence } = await failure({ DATA_DIR: other, PORT: new URL(server.url).port })
    expect(code).toBe(1)
    expect(sentence).toMatch(/^ChatSG could not start: Port \d+ is taken by another program; .*PORT/)
    expect(sentence.split('\n')).toHaveLength(1)
    await removeFolder(other)
  })

  it('says in one sentence that the data folder is in use, and leaves its server alone', async () => {
    const { code, sentence } = await failure({ DATA_DIR: folder, PORT: String(await freePort()) })
    expect(code).toBe(1)
    expect(sentence).toMatch(/^ChatSG could not start: Another ChatSG server already uses the data folder/)
    expect((await server.fetch('/api/crm/contacts')).status).toBe(200)
  })

  it('says in one sentence that the data folder cannot be written', async () => {
    const file = join(folder, 'a-file')
    await writeFile(file, '')
    const { code, sentence } = await failure({ DATA_DIR: join(file, 'data'), PORT: String(await freePort()) })
    expect(code).toBe(1)
    expect(sentence).toMatch(/DATA_DIR/)
  })

  it('says every configuration problem with its mend', async () => {
    const { code, sentence } = await failure({ DATA_DIR: folder, PORT: 'http', RATE_LIMIT_MAX: '-1', CHATSG_ENVIRONMENT: 'production' })
    expect(code).toBe(1)
    for (const variable of ['PORT', 'RATE_LIMIT_MAX', 'ENCRYPTION_KEY']) expect(sentence).toContain(variable)
  })

  it('says in one sentence that the configured database is not there', async () => {
    const { code, sentence } = await failure({
      DATA_DIR: join(folder, 'other'),
      PORT: String(await freePort()),
      DATABASE_URL: `postgres://nobody:secret-password@127.0.0.1:${await freePort()}/none`,
    })
    expect(code).toBe(1)
    expect(sentence).toMatch(/^ChatSG could not start: .*database/i)
    expect(sentence).not.toContain('secret-password')
    expect(sentence.split('\n')).toHaveLength(1)
  })

  const command = (...words: string[]) =>
    spawnSync(process.execPath, ['backend/cli.js', ...words], {
      cwd: repositoryRoot,
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '', DATA_DIR: folder, ADMIN_API_KEY: adminKey },
    })

  it('lets the command line work while the server runs', () => {
    expect(JSON.parse(command('sign-in-link', '--json').stdout).url).toMatch(/sign-in\?token=/)
  })

  it.each([
    [['import', '/nothing/here.csv', '--entity', 'contacts'], '/nothing/here.csv cannot be used: there is no such file or folder (ENOENT).\n'],
    [['import', tmpdir(), '--entity', 'contacts'], 'The file is a folder, not a file (EISDIR).\n'],
    [['export', '--entity', 'contacts', '--out', '/nothing/here.csv'], '/nothing/here.csv cannot be used: there is no such file or folder (ENOENT).\n'],
    [['sessions', 'export', 'nonsense'], 'The conversation was not found.\n'],
  ])('says in one sentence what is wrong with a file or a name: %j', (words, sentence) => {
    const { status, stderr } = command(...words)
    expect([status, stderr]).toEqual([1, sentence])
  })

  it('signs in once per link, and asks for origin and token on every change', async () => {
    const token = /token=(\S+)/.exec(server.output())?.[1]
    const redeem = () =>
      fetch(`${server.url}/api/auth/sign-in/link`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token }) })
    const signedIn = await redeem()
    expect(signedIn.status).toBe(200)
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] as string
    expect(signedIn.headers.get('set-cookie')).toMatch(/HttpOnly.*SameSite=Lax/)
    expect((await redeem()).status).toBe(401)
    const csrf = ((await (await fetch(`${server.url}/api/auth/csrf`, { headers: { cookie } })).json()) as { token: string }).token
    const create = (headers: Record<string, string>) =>
      fetch(`${server.url}/api/crm/contacts`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json', ...headers },
        body: '{"last_name":"Cookie"}',
      })
    expect((await create({})).status).toBe(403)
    expect((await create({ origin: server.url })).status).toBe(403)
    expect((await create({ origin: 'https://evil.example', 'x-csrf-token': csrf })).status).toBe(403)
    expect((await create({ origin: server.url, 'x-csrf-token': csrf })).status).toBe(201)
    await fetch(`${server.url}/api/auth/sign-out`, { method: 'POST', headers: { cookie, origin: server.url, 'x-csrf-token': csrf } })
    expect((await fetch(`${server.url}/api/crm/contacts`, { headers: { cookie } })).status).toBe(401)
  })
})

describe('trouble while running', () => {
  it('refuses a question of 10 MB and a file of garbage in one sentence each', async () => {
    const big = await server.fetch('/api/chat', { method: 'POST', body: JSON.stringify({ message: 'x'.repeat(10_000_000) }) })
    expect([400, 413]).toContain(big.status)
    expect(((await big.json()) as { error: { message: string } }).error.message.length).toBeLessThan(300)
    const garbage = await server.fetch('/api/crm/import?entity=contacts', {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256)),
    })
    expect(garbage.status).toBe(400)
    const before = (await (await server.fetch('/api/crm/imports')).json()) as { items: unknown[] }
    expect(before.items).toEqual([])
  })

  it('answers 503 in one sentence while the database is gone, and recovers with it', async () => {
    process.kill(await postmasterOf(folder), 'SIGKILL')
    let refused: Response | undefined
    for (let attempt = 0; attempt < 50 && refused === undefined; attempt++) {
      const response = await server.fetch('/api/crm/contacts')
      if (response.status !== 200) refused = response
    }
    if (refused !== undefined) {
      expect(refused.status).toBe(503)
      expect(((await refused.json()) as { error: { code: string } }).error.code).toBe('UNAVAILABLE')
    }
    expect((await server.fetch('/api/health')).status).toBe(200)
    let status = 0
    for (let attempt = 0; attempt < 300 && status !== 200; attempt++) {
      status = (await server.fetch('/api/health?check=readiness')).status
      if (status !== 200) await sleep(100)
    }
    expect(status).toBe(200)
    expect((await server.fetch('/api/crm/contacts')).status).toBe(200)
  })

  it('goes on although the database is killed as soon as the first request is answered', async () => {
    for (let round = 0; round < 3; round++) {
      const own = await scratchFolder()
      // Both ways of serving do something after they have begun to.
      const started = await startServer(own, { WORKERS: round === 2 ? '2' : '1' })
      try {
        process.kill(await postmasterOf(own), 'SIGKILL')
        await sleep(500)
        const readiness = () =>
          started.fetch('/api/health?check=readiness').then(
            async (response) => (response.status === 200 ? 200 : `${response.status} ${await response.text()} ${started.output()}`),
            () => started.output(),
          )
        await expect.poll(readiness, { timeout: 40_000, interval: 100 }).toBe(200)
        // What was left to do is done in the end: the link to sign in is printed.
        await expect.poll(() => started.output(), { timeout: 20_000 }).toContain('/sign-in?token=')
        expect(started.child.exitCode, started.output()).toBeNull()
      } finally {
        await started.stop('SIGKILL')
        await removeFolder(own)
      }
    }
  }, 180_000)

  it('says that the disk is full and writes nothing half', async ({ skip }) => {
    const small = join(folder, 'small')
    await mkdir(small)
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=110m', 'tmpfs', small]).status !== 0) skip('mounting a small file system is not allowed here')
    const tight = await startServer(small)
    try {
      const rows = Array.from({ length: 40_000 }, (_, index) => `Name${index},Surname${index},n${index}@example.com,${'x'.repeat(700)}`)
      const full = await tight.fetch('/api/crm/import?entity=contacts', {
        method: 'POST',
        headers: { 'content-type': 'text/csv' },
        body: `first_name,last_name,email,title\n${rows.join('\n')}`,
      })
      const answer = (await full.json()) as { error?: { message: string } }
      expect(full.status).toBe(503)
      expect(answer.error?.message).toMatch(/disk is full/i)
      expect((await tight.fetch('/api/health')).status).toBe(200)
    } finally {
      await tight.stop()
      spawnSync('umount', ['-l', small])
    }
  })

  it('stops in order on SIGTERM, the database with it', async () => {
    const other = await scratchFolder()
    const brief = await startServer(other)
    const postmaster = await postmasterOf(other)
    expect(await brief.stop('SIGTERM')).toBe(0)
    expect(() => process.kill(postmaster, 0)).toThrow()
    await removeFolder(other)
  })
})
