import { type ChildProcess, spawn } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { entityNamed } from './entities.ts'
import { type FakeAnswer, request } from './fake-client.ts'
import { createStore } from './store/store.ts'

const main = fileURLToPath(new URL('main.ts', import.meta.url))
const authorization = `Basic ${btoa('secret:')}`

describe('what was written', () => {
  let folder: string
  let children: ChildProcess[]
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fake-insightly-'))
    children = []
  })
  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })

  interface Run {
    child: ChildProcess
    url: string
    call(method: string, path: string, body?: unknown): Promise<FakeAnswer>
  }

  /** The program as it is started by hand. */
  async function start(...options: string[]): Promise<Run> {
    const child = spawn(process.execPath, [main, '--port', '0', '--key', 'secret', '--records', '50', '--data', folder, ...options], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { PATH: process.env.PATH ?? '' },
    })
    children.push(child)
    const url = await new Promise<string>((done, failed) => {
      let output = ''
      child.stdout?.on('data', (chunk) => {
        output += chunk
        const found = /(http:\S+\/v3\.1)/.exec(output)?.[1]
        if (found !== undefined) done(found)
      })
      child.once('exit', (code) => failed(new Error(`the fake ended with ${code}`)))
    })
    return { child, url, call: (method, path, body) => request(`${url}${path}`, method, body, { authorization }) }
  }

  async function kill({ child }: Run): Promise<void> {
    const gone = new Promise((done) => child.once('exit', done))
    child.kill('SIGKILL')
    await gone
  }

  it('is there after a kill, and so is the count of calls', async () => {
    const first = await start()
    const made = await first.call('POST', '/Contacts', { FIRST_NAME: 'Kept', TAGS: [{ TAG_NAME: 'kept' }] })
    const [old, gone] = (await first.call('GET', '/Contacts?top=2')).rows
    await first.call('PUT', '/Contacts', { CONTACT_ID: Number(old?.CONTACT_ID), TITLE: 'Changed' })
    await first.call('DELETE', `/Contacts/${String(gone?.CONTACT_ID)}`)
    const note = await first.call('POST', `/Contacts/${String(made.row.CONTACT_ID)}/Notes`, { TITLE: 'Also kept' })
    const big = await first.call('POST', '/Opportunities', '{"OPPORTUNITY_NAME":"Big","BID_AMOUNT":12345678901234567.89}')
    const before = (await first.call('GET', '/Contacts?top=500')).text
    await kill(first)

    const second = await start()
    expect((await second.call('GET', '/Contacts?top=500')).text).toBe(before)
    expect((await second.call('GET', `/Contacts/${String(made.row.CONTACT_ID)}/Notes`)).rows).toEqual([note.row])
    expect((await second.call('GET', `/Opportunities/${String(big.row.OPPORTUNITY_ID)}`)).text).toBe(big.text)
    const next = await second.call('POST', '/Contacts', { FIRST_NAME: 'Next' })
    expect(Number(next.row.CONTACT_ID)).toBeGreaterThan(Number(made.row.CONTACT_ID))
    // Seven calls of the first run and four of the second.
    expect(next.headers.get('x-ratelimit-remaining')).toBe(String(100_000 - 11))
    const recorded = await request(`${second.url.replace('/v3.1', '')}/_fake/calls`, 'GET', undefined, {})
    expect((recorded.row.calls as { number: number }[]).map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  })

  it('ends orderly on SIGTERM', async () => {
    const run = await start()
    const code = new Promise((done) => run.child.once('exit', done))
    run.child.kill('SIGTERM')
    expect(await code).toBe(0)
  })

  it('loses a line that a kill cut off, and no other', () => {
    const options = { seed: 1, records: 10, folder }
    const first = createStore(options)
    first.commit([{ kind: 'row', entity: 'Contacts', id: 999_999_999, row: { CONTACT_ID: 999_999_999, FIRST_NAME: 'Whole' } }])
    first.close()
    appendFileSync(join(folder, 'journal.jsonl'), '[{"kind":"row","entity":"Contacts","id":5')
    const contacts = (store: ReturnType<typeof createStore>) => JSON.stringify([...iterate(store)])
    const second = createStore(options)
    expect(contacts(second)).toContain('Whole')
    second.commit([{ kind: 'row', entity: 'Contacts', id: 1_000_000_000, row: { CONTACT_ID: 1_000_000_000, FIRST_NAME: 'After' } }])
    second.close()
    const third = createStore(options)
    expect(contacts(third)).toContain('After')
    third.close()
    expect(() => createStore({ ...options, records: 11 })).toThrow('choose another folder')
  })
})

function iterate(store: ReturnType<typeof createStore>) {
  return store.collection(entityNamed('Contacts')).written()
}
