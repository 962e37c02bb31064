import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type FakeModel, startFakeModel } from '../fakes/model/server.ts'
import { killAll, postmasterOf, treeOf } from '../process-tree.ts'
import { freePort, removeFolder, type ServerProcess, scratchFolder, spawnServer, startServer } from '../server-process.ts'
import { signIn } from './database-gone-load.ts'

/** A secret that can be found again wherever it went. */
const canary = (name: string): string => `canary-${name}-${createHash('sha256').update(name).digest('hex').slice(0, 24)}`

const password = canary('password')
const wrongPassword = canary('wrong-password')
const configured: Record<string, string> = {
  ADMIN_API_KEY: canary('admin'),
  ENCRYPTION_KEY: canary('encryption'),
  ENCRYPTION_KEY_PREVIOUS: canary('previous'),
  SESSION_SECRET: canary('session'),
  CSRF_SECRET: canary('csrf'),
  METRICS_TOKEN: canary('metrics'),
  OPENAI_API_KEY: canary('model'),
  LLM_FALLBACK_API_KEY: canary('fallback'),
  INSIGHTLY_API_KEY: canary('insightly'),
  MEM0_API_KEY: canary('mem0'),
  SUPABASE_SERVICE_ROLE_KEY: canary('supabase'),
}
/** Secrets that came to be while the server ran. */
const grown = new Map<string, string>()
const addresses = { webhook: canary('alert-hook'), mail: canary('mail'), redis: canary('redis'), database: canary('database') }

let folder: string
let dataDir: string
let model: FakeModel
let server: ServerProcess
let env: Record<string, string>
/** What commands and failed starts printed. */
const printed: { what: string; text: string }[] = []

beforeAll(async () => {
  folder = await scratchFolder()
  dataDir = join(folder, 'data')
  const closed = await freePort()
  // It tells the key that it refuses in its answer.
  model = await startFakeModel({ script: [{ text: 'Never said.' }], key: 'another key' })
  env = {
    ...configured,
    LOG_LEVEL: 'trace',
    DEBUG: 'crm:*',
    LOG_FILE: join(folder, 'logs/application.log'),
    OPENAI_BASE_URL: model.url,
    LLM_FALLBACK_BASE_URL: `http://127.0.0.1:${closed}/v1`,
    INSIGHTLY_API_URL: `http://127.0.0.1:${closed}/v3.1`,
    MEM0_API_URL: `http://127.0.0.1:${closed}`,
    ALERT_WEBHOOK_URL: `http://127.0.0.1:${closed}/${addresses.webhook}`,
    SMTP_URL: `smtp://mailer:${addresses.mail}@127.0.0.1:${closed}`,
    MAIL_FROM: 'crm@example.com',
    REDIS_URL: `redis://:${addresses.redis}@127.0.0.1:${closed}`,
    WEBHOOK_ALLOW_PRIVATE: 'true',
    DB_CONNECTION_TIMEOUT: '2000',
  }
  server = await startServer(dataDir, env)
}, 120_000)
afterAll(async () => {
  await server?.stop('SIGKILL')
  await model?.close()
  await removeFolder(folder)
}, 60_000)

/** A command of an operator, whose output is looked through like a log. */
async function run(...command: string[]): Promise<string> {
  const { exited, output } = spawnServer({ ...env, DATA_DIR: dataDir }, ['backend/cli.js', ...command])
  await exited
  // What is typed is the operator's own.
  printed.push({ what: command.slice(0, 2).join(' '), text: output() })
  return output()
}

const anonymous = (path: string, init: RequestInit = {}) => fetch(`${server.url}${path}`, { redirect: 'manual', ...init })
const post = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
})

describe('secrets that are put through every way there is', { timeout: 120_000 }, () => {
  const as = { authorization: `Bearer ${configured.ADMIN_API_KEY}` }

  it('of people: passwords, cookies, links, second factors', async () => {
    const origin = server.url
    const cookie = await signIn(server)
    grown.set('cookie', cookie.slice(cookie.indexOf('=') + 1))
    const { token: csrf } = (await (await anonymous('/api/auth/csrf', { headers: { cookie } })).json()) as { token: string }
    grown.set('csrf token', csrf)
    const invited = (await (await anonymous('/api/people/invitations', post({ email: 'ada@example.com', role: 'admin' }, as))).json()) as { link: string }
    const invitation = new URL(invited.link).searchParams.get('token') as string
    grown.set('invitation', invitation)
    await anonymous(`/api/auth/invitation?token=${invitation}`)
    await anonymous(`/accept?token=${invitation}`)
    const accepted = await anonymous('/api/auth/invitation/accept', post({ token: invitation, name: 'Ada', password }, { origin }))
    expect([accepted.status, accepted.ok ? '' : await accepted.text()]).toEqual([200, ''])
    const wrong = [
      { email: 'ada@example.com', password: wrongPassword },
      { email: 'ada@example.com', passwort: password },
      { email: { $ne: password }, password: [password] },
      `{"email":"ada@example.com","password":"${password}`,
    ]
    for (const body of wrong) expect((await anonymous('/api/auth/sign-in/email', post(body, { origin }))).status).toBeGreaterThanOrEqual(400)
    const signedIn = await anonymous('/api/auth/sign-in/email', post({ email: 'ada@example.com', password }, { origin }))
    expect(signedIn.status).toBe(200)
    const ada = signedIn.headers.get('set-cookie')?.split(';')[0] as string
    grown.set('cookie of ada', ada.slice(ada.indexOf('=') + 1))
    const session = (await (await anonymous('/api/auth/csrf', { headers: { cookie: ada } })).json()) as { token: string }
    const safe = { cookie: ada, origin, 'x-csrf-token': session.token }
    const enabled = await anonymous('/api/auth/two-factor/enable', post({ password }, safe))
    const factor = (await enabled.json()) as { totpURI: string; backupCodes: string[] }
    grown.set('second factor', new URL(factor.totpURI).searchParams.get('secret') as string)
    grown.set('backup code', factor.backupCodes[0] as string)
    await anonymous('/api/auth/two-factor/verify-totp', post({ code: '000000' }, safe))
    await anonymous('/api/auth/two-factor/verify-backup-code', post({ code: factor.backupCodes[0] }, safe))
    await anonymous('/api/auth/request-password-reset', post({ email: 'ada@example.com' }, { origin }))
    await anonymous('/api/auth/reset-password', post({ token: canary('reset'), newPassword: password }, { origin }))
    await anonymous('/api/auth/sign-in/link', post({ token: canary('link') }, { origin }))
    await anonymous('/api/auth/change-password', post({ currentPassword: wrongPassword, newPassword: canary('new-password') }, safe))
  })

  it('of programs: keys, webhooks, other systems', async () => {
    const owner = (await (await anonymous('/api/people', { headers: as })).json()) as { items: { id: string; email: string }[] }
    const made = await anonymous('/api/api-keys', post({ name: 'canary', scopes: ['crm:read'], expiresInDays: 30 }, as))
    const key = (await made.json()) as { key?: string }
    expect([made.status, owner.items.length > 0]).toEqual([201, true])
    grown.set('api key', key.key as string)
    await anonymous('/api/crm/contacts', { headers: { authorization: `Bearer ${key.key}` } })
    // Where it does not belong.
    for (const name of ['token', 'key', 'api_key', 'apiKey', 'access_token', 'password', 'secret', 'client_secret'])
      await anonymous(`/api/crm/contacts?${name}=${key.key}&limit=x`, { headers: as })
    const strange = { authorization: `Bearer ${canary('stranger')}`, cookie: `chatsg=${canary('stray-cookie')}`, 'x-api-key': canary('header-key') }
    await anonymous('/api/crm/contacts', { headers: strange })
    await anonymous('/api/crm/contacts', { headers: { authorization: `Basic ${Buffer.from(`ada:${password}`).toString('base64')}` } })
    await anonymous('/metrics', { headers: { authorization: `Bearer ${configured.METRICS_TOKEN}` } })
    await anonymous('/metrics', { headers: { authorization: `Bearer ${canary('wrong-metrics')}` } })
    await anonymous(`/api/hooks/insightly/${canary('hook')}`, post({}))
    const hook = (await (
      await anonymous('/api/automations/webhooks', post({ url: `http://127.0.0.1:9/${canary('hook-path')}`, events: ['record.created'] }, as))
    ).json()) as { secret: string }
    grown.set('webhook secret', hook.secret)
    await anonymous('/api/crm/contacts', post({ last_name: 'Event' }, as))
    for (const path of ['test', 'connect'])
      await anonymous(`/api/crm/sync/${path}`, post({ url: 'http://127.0.0.1:9/v3.1', apiKey: canary('typed-insightly') }, as))
    // A model that answers with the key it was sent.
    await anonymous('/api/chat', post({ message: '/creative a slogan for our sensors' }, as))
    await anonymous('/api/models/test', post({}, as))
    await anonymous('/api/test', post({ action: 'validate_system' }, as))
    await anonymous('/api/health?check=detailed', { headers: as })
    for (const body of [`{"last_name":"x","api_key":"${key.key}"`, { last_name: 5, token: key.key }, { last_name: 'x', custom: { password } }])
      await anonymous('/api/crm/contacts', post(body, as))
  })

  it('of requests that are none', async () => {
    const { port } = new URL(server.url)
    const raw = (text: string) =>
      new Promise<void>((done) => {
        const socket = connect(Number(port), '127.0.0.1', () => socket.end(text))
        socket.on('error', () => done()).on('close', () => done())
        socket.resume()
      })
    await raw(`GET /api/%ZZ?token=${canary('raw')} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${canary('raw-header')}\r\n\r\n`)
    await raw(`BROKEN ${canary('raw')} \r\nAuthorization: Bearer ${canary('raw-header')}\r\n\r\n`)
    await raw(
      `POST /api/chat HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${configured.ADMIN_API_KEY}\r\nContent-Length: 9999\r\n\r\n{"message":"${canary('half')}`,
    )
  })

  it('of commands, and of starts that fail', async () => {
    await Promise.all([
      run('config', 'validate'),
      run('doctor'),
      run('agents-init'),
      run('crm', 'connectivity'),
      run('keys', 'rotate', '--json'),
      run('users', 'create', '--email', 'grace@example.com', '--name', 'Grace', '--password', canary('typed-password'), '--role', 'rep'),
    ])
    const starts = [
      { DATABASE_URL: `postgres://chatsg:${addresses.database}@127.0.0.1:9/none` },
      {
        DATABASE_URL: `mysql://chatsg:${addresses.database}@127.0.0.1/none`,
        REDIS_URL: `nonsense:${addresses.redis}`,
        ENCRYPTION_KEY: 'canary-short-1234',
        PORT: 'x',
      },
      { OPENAI_BASE_URL: `ftp://${canary('model-url')}@example.com`, ALERT_WEBHOOK_URL: addresses.webhook, CHATSG_ENVIRONMENT: 'production' },
    ]
    await Promise.all(
      starts.map(async (more, index) => {
        const failing = spawnServer({ ...env, LOG_FILE: '', DATA_DIR: join(folder, `failing-${index}`), PORT: '0', ...more })
        expect(await failing.exited).toBe(1)
        printed.push({ what: `start ${index}`, text: failing.output() })
      }),
    )
  })

  it('of a database that dies under requests, and of the end', async () => {
    killAll(treeOf(postmasterOf(dataDir)))
    const paths = ['/api/crm/contacts', `/api/auth/session?token=${canary('lost')}`, '/api/sessions']
    await Promise.all(paths.map((path) => anonymous(path, { headers: { cookie: `${canary('lost-cookie')}=1`, ...as } }).then((response) => response.text())))
    await vi.waitFor(async () => expect((await anonymous('/api/health?check=readiness')).status).toBe(200), { timeout: 60_000, interval: 100 })
    expect(await server.stop('SIGTERM')).toBe(0)
  })

  it('are in no line that was written anywhere', async () => {
    const stored = JSON.parse(await readFile(join(dataDir, 'secrets.json'), 'utf8')) as Record<string, string>
    for (const name of ['ownerPassword', 'applicationPassword']) grown.set(name, stored[name] as string)
    grown.set('accounts password', createHash('sha256').update(`accounts:${stored.applicationPassword}`).digest('hex'))
    const names = await readdir(join(folder, 'logs'))
    const logs = await Promise.all(names.map(async (name) => ({ what: name, text: await readFile(join(folder, 'logs', name), 'utf8') })))
    expect(names).toEqual(expect.arrayContaining(['application.log', 'audit.log', 'error.log']))
    expect(logs.find(({ what }) => what === 'application.log')?.text.split('\n').length).toBeGreaterThan(50)
    // One link is printed for whoever starts it, and is no log line.
    const output = server.output().replace(/Sign in with this link.*\n/, '')
    const found = [...logs, ...printed, { what: 'output', text: output }].flatMap(({ what, text }) => leaksIn(text).map((leak) => `${what}: ${leak}`))
    // What looks for them finds them.
    for (const secret of [password, ...grown.values()]) expect(leaksIn(`{"msg":"Told ${secret}"}`)).not.toEqual([])
    expect(found).toEqual([])
  })
})

/** As it stands, as it stands in an address, and its beginning. */
function formsOf(secret: string): string[] {
  return [secret, encodeURIComponent(secret), secret.slice(0, Math.max(12, Math.floor(secret.length / 2)))].filter((form) => form.length >= 8)
}

/** Lines that tell a secret, each with what it is. */
function leaksIn(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const told = /canary-[a-z0-9-]+-[0-9a-f]{8,}|canary-short/.exec(line)?.slice(0, 1) ?? []
    for (const [name, secret] of grown) if (formsOf(secret).some((form) => line.includes(form))) told.push(name)
    for (const [name, secret] of Object.entries(configured))
      if (line.includes(Buffer.from(secret).toString('base64').slice(0, 20))) told.push(`${name} in base64`)
    return told.map((name) => `${name} in ${line.slice(0, 600)}`)
  })
}
