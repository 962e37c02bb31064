import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ChatMessage } from '#contracts/chat.ts'
import { requireProgram } from '../requirements.ts'
import { spawnServer } from '../server-process.ts'
import { itWhen } from '../when-asked.ts'
import { signIn } from './database-gone-load.ts'
import { type Call, startWriting } from './recovery-ledger.ts'
import { openReplicas, type Replica, type ReplicasWorld, secrets } from './replicas-world.ts'
import { type Heard, listen, nothingHeard } from './streams-process.ts'
import { wordsOf } from './streams-words.ts'

/** `REPLICA_KILL_SECONDS=120` for the whole figure. */
const killSeconds = Number(process.env.REPLICA_KILL_SECONDS ?? 6)
const killEveryMs = 5000
const strangerMax = 300

const suite = 'Three servers on one database'
const nginx = requireProgram('nginx', suite)
const postgresql = requireProgram('postgresql', suite)
const patience = { timeout: 30_000, interval: 50 }

describe.skipIf(nginx === undefined || postgresql === undefined)(suite, { timeout: 120_000 + killSeconds * 3000 }, () => {
  let world: ReplicasWorld
  let database: pg.Client
  let first: Replica
  let second: Replica
  let third: Replica

  beforeAll(async () => {
    // What the load of a long run counts is not what is tried here.
    const max = killSeconds > 30 ? 100_000 : strangerMax
    world = await openReplicas({ nginx: nginx as string, postgresql: postgresql as string }, 3, { RATE_LIMIT_MAX: String(max) })
    ;[first, second, third] = world.replicas as [Replica, Replica, Replica]
    database = new pg.Client({ connectionString: world.postgres.superuserUrl })
    await database.connect()
    await database.query('set search_path = chatsg')
  }, 180_000)
  afterAll(async () => {
    await database?.end()
    await world?.close()
  }, 60_000)

  const json = async <T>(response: Response): Promise<T> => {
    const text = await response.text()
    if (!response.ok) throw new Error(`${response.status} ${text}`)
    return JSON.parse(text) as T
  }

  it('keep out one that has other secrets, and go on', async () => {
    const attempts = [
      { env: { ENCRYPTION_KEY: 'x'.repeat(40) }, says: 'another ENCRYPTION_KEY.' },
      { env: { SESSION_SECRET: 'x'.repeat(40) }, says: 'another SESSION_SECRET or CSRF_SECRET.' },
      { env: { ENCRYPTION_KEY: '', WORKERS: '2' }, says: 'another ENCRYPTION_KEY (ENCRYPTION_KEY was generated in its DATA_DIR).' },
      // An operator's command with another key would change the database login of all.
      { env: { ENCRYPTION_KEY: 'x'.repeat(40) }, says: 'another ENCRYPTION_KEY.', command: ['backend/cli.js', 'users', 'list'] },
    ]
    const refuse = async ({ env, says, command }: (typeof attempts)[number], index: number) => {
      const refused = spawnServer({ ...world.env, DATA_DIR: join(world.folder, `stranger-${index}`), PORT: '0', ...env }, command)
      expect(await refused.exited).toBe(1)
      const said = refused
        .output()
        .split('\n')
        .filter((line) => line.includes('Another ChatSG server works on this database'))
      expect(said).toEqual([expect.stringContaining(says)])
      expect(said[0]).toContain('Set ENCRYPTION_KEY, SESSION_SECRET and CSRF_SECRET to the same values on every server')
      for (const secret of [...Object.values(secrets), 'x'.repeat(40)]) expect(refused.output()).not.toContain(secret)
    }
    await Promise.all(attempts.map(refuse))
    // Connections that are opened anew get in as before.
    await database.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename ~ '^chatsg'`)
    for (const { call } of world.replicas) await vi.waitFor(async () => expect((await call('/api/crm/contacts?limit=1')).status).toBe(200), patience)
  })

  it('know a session that was begun at one of them, and its end', async () => {
    const cookie = await signIn(first)
    const as = (replica: Replica, path: string, init: RequestInit = {}) => fetch(`${replica.url}${path}`, { ...init, headers: { cookie, ...init.headers } })
    for (const replica of world.replicas) expect((await as(replica, '/api/crm/contacts?limit=1')).status).toBe(200)
    const { token } = await json<{ token: string }>(await as(second, '/api/auth/csrf'))
    const safe = { origin: world.front.httpsUrl, 'x-csrf-token': token }
    const made = await as(third, '/api/crm/contacts', {
      method: 'POST',
      body: '{"last_name":"Anywhere"}',
      headers: { ...safe, 'content-type': 'application/json' },
    })
    expect(made.status).toBe(201)
    expect((await as(third, '/api/auth/sign-out', { method: 'POST', headers: safe })).ok).toBe(true)
    for (const replica of world.replicas) await vi.waitFor(async () => expect((await as(replica, '/api/crm/contacts?limit=1')).status).toBe(401), patience)
  })

  it('let somebody in at one who was invited at another', async () => {
    const invited = await json<{ url?: string; link?: string }>(
      await first.call('/api/people/invitations', { method: 'POST', body: JSON.stringify({ email: 'new@example.com', role: 'rep' }) }),
    )
    const token = new URL((invited.url ?? invited.link) as string).searchParams.get('token') as string
    const accepted = await fetch(`${second.url}/api/auth/invitation/accept`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: world.front.httpsUrl },
      body: JSON.stringify({ token, name: 'New Person', password: 'correct horse battery staple' }),
    })
    expect([accepted.status, accepted.ok ? '' : await accepted.text()]).toEqual([200, ''])
    const cookie = accepted.headers.get('set-cookie')?.split(';')[0] as string
    const who = await json<{ user?: { name: string } }>(await fetch(`${third.url}/api/auth/session`, { headers: { cookie } }))
    expect(JSON.stringify(who)).toContain('New Person')
  })

  itWhen(killSeconds <= 30)('count a stranger’s requests in total', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.9' }
    const ask = (replica: Replica) => statusOf(fetch(`${replica.url}/api/slash-commands`, { headers }))
    const statuses: number[] = []
    for (let turn = 0; turn < 12; turn += 1)
      statuses.push(...(await Promise.all(world.replicas.flatMap((replica) => Array.from({ length: 10 }, () => ask(replica))))))
    expect(statuses.filter((status) => status === 200)).toHaveLength(strangerMax)
    expect(statuses.filter((status) => status === 429)).toHaveLength(statuses.length - strangerMax)
  })

  it('tell the same answer, wherever it is asked for', async () => {
    const heard = nothingHeard()
    const asked = listen(await world.call('/api/chat/stream', { method: 'POST', body: JSON.stringify({ message: '/creative 60 words, please' }) }), heard)
    await vi.waitFor(() => expect(heard.text).toContain('word5'), patience)
    const others = world.replicas.map(async ({ call }) => listen(await call(`/api/chat/stream/${heard.sessionId}`), nothingHeard()))
    for (const told of await Promise.all([asked, ...others]))
      expect(told).toMatchObject({ text: wordsOf('60').join(''), starts: 1, end: 'finish', messageId: heard.messageId })
    const messages = await Promise.all(
      world.replicas.map(async ({ call }) => (await json<{ items: ChatMessage[] }>(await call(`/api/sessions/${heard.sessionId}/messages`))).items),
    )
    for (const items of messages) expect(items.map(({ status }) => status)).toEqual(['done', 'done'])
  })

  it('ask what is due once, and import a file that another one shows and takes back', async () => {
    const { id } = await json<{ id: string }>(
      await first.call('/api/automations/schedules', {
        method: 'POST',
        body: JSON.stringify({ question: 'How many contacts are there?', when: 'every Monday 8:00' }),
      }),
    )
    await database.query(`update schedules set next_at = now() - interval '1 second' where id = $1`, [id])
    await vi.waitFor(
      async () => expect((await database.query(`select state from schedule_runs where schedule_id = $1 and state = 'done'`, [id])).rowCount).toBe(1),
      patience,
    )
    const rows = Array.from({ length: 2000 }, (_, index) => `Person${index}`)
    const { importId } = await json<{ importId: string }>(
      await first.call('/api/crm/import?entity=contacts&background=true', {
        method: 'POST',
        headers: { 'content-type': 'text/csv' },
        body: `last_name\n${rows.join('\n')}\n`,
      }),
    )
    await vi.waitFor(
      async () => expect(await json(await second.call(`/api/crm/imports/${importId}`))).toMatchObject({ status: 'done', created: 2000 }),
      patience,
    )
    expect(await json(await third.call(`/api/crm/imports/${importId}/undo`, { method: 'POST' }))).toMatchObject({ removed: 2000 })
    expect((await database.query('select 1 from schedule_runs where schedule_id = $1', [id])).rowCount).toBe(1)
    const leaders = await database.query('select count(*)::int as count from alert_leaders')
    expect(leaders.rows[0].count).toBeLessThanOrEqual(1)
  })

  it(`lose nothing when one of them is killed every ${killEveryMs / 1000} s for ${killSeconds} s`, async () => {
    let isOver = false
    const done = () => isOver
    const outcomes = new Map<string, number>()
    const note = (what: string) => outcomes.set(what, (outcomes.get(what) ?? 0) + 1)
    const writers = [0, 1, 2].map((writer) => startWriting(world.call, `Writer ${writer}:`, done, 50))
    const read = async (call: Call) => {
      while (!isOver) {
        const status = await statusOf(call('/api/crm/organisations?limit=5')).catch(() => 0)
        note(`read ${status}`)
        await sleep(50)
      }
    }
    const talks: { question: string; heard: Heard }[] = []
    const talk = async (talker: number) => {
      for (let turn = 0; !isOver; turn += 1) {
        const question = `/creative 60 words for talker ${talker} in turn ${turn}`
        const heard = nothingHeard()
        await follow(world.call, '/api/chat/stream', { method: 'POST', body: JSON.stringify({ message: question }) }, heard)
        if (heard.sessionId === '') {
          await sleep(200)
          continue
        }
        talks.push({ question, heard })
        // Whose stream was cut reads on, wherever it is let in.
        for (let attempt = 0; heard.end === 'cut' && attempt < 200; attempt += 1) {
          Object.assign(heard, { text: '', starts: 0 })
          if (!(await follow(world.call, `/api/chat/stream/${heard.sessionId}`, {}, heard))) break
          await sleep(100)
        }
      }
    }
    const loops = [...writers.map(({ ended }) => ended), read(world.call), talk(0), talk(1)]
    let kills = 0
    for (const endsAt = performance.now() + killSeconds * 1000; performance.now() < endsAt; kills += 1) {
      const victim = world.replicas[kills % 3] as Replica
      const startedAt = performance.now()
      await victim.kill()
      await victim.start()
      await sleep(Math.max(0, killEveryMs - (performance.now() - startedAt)))
    }
    isOver = true
    await Promise.all(loops)
    for (const { ledger } of writers) {
      for (const { call } of world.replicas) expect(await ledger.compare(call)).toEqual([])
      expect(ledger.wrong).toEqual([])
    }
    const failed = (reason: string) =>
      writers.reduce((sum, { ledger }) => sum + (ledger.refused.get(503) ?? 0) + (reason === 'none' ? (ledger.refused.get('none') ?? 0) : 0), 0)
    // No more than what was on its way to the one that was killed.
    expect(failed('none')).toBeLessThanOrEqual(kills * writers.length)
    expect(outcomes.get('read 503') ?? 0).toBeLessThanOrEqual(kills)
    expect([...outcomes.keys()].filter((key) => key !== 'read 200' && key !== 'read 503')).toEqual([])
    for (const { question, heard } of talks) {
      const { items } = await json<{ items: ChatMessage[] }>(await first.call(`/api/sessions/${heard.sessionId}/messages`))
      expect(items[0]).toMatchObject({ text: question, status: 'done' })
      const whole = wordsOf('60').join('')
      expect(['done', 'failed']).toContain(items[1]?.status)
      if (heard.end === 'finish') expect(items[1]).toMatchObject({ status: 'done', text: whole })
      else expect(whole.startsWith(items[1]?.text.replace(/\n*This answer was interrupted before it was finished\. Ask again\.$/, '') ?? '?')).toBe(true)
    }
    expect(talks.length).toBeGreaterThan(0)
    if (killSeconds > 30) {
      const ends = Object.fromEntries(['finish', 'error', 'cut'].map((end) => [end, talks.filter(({ heard }) => heard.end === end).length]))
      const written = writers.reduce((sum, { ledger }) => sum + ledger.acknowledged(), 0)
      process.stdout.write(`${JSON.stringify({ kills, written, failedWrites: failed('none'), reads: Object.fromEntries(outcomes), talks: ends })}\n`)
    }
    for (const replica of world.replicas) expect(await replica.stop()).toBe(0)
  })

  async function statusOf(answering: Promise<Response>): Promise<number> {
    const response = await answering
    await response.text()
    return response.status
  }

  /** Reads a stream as far as it goes; false when there is none. */
  async function follow(call: Call, path: string, init: RequestInit, heard: Heard): Promise<boolean> {
    const response = await call(path, init).catch(() => undefined)
    if (response === undefined || response.status === 503) return true
    if (response.status === 204) return false
    await listen(response, heard)
    return true
  }
})
