import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { parseConfig } from '#backend/config/index.ts'
import { createLogs } from '#backend/infra/logger/logger.ts'
import type { ToolCall } from '#backend/kernel/tool.ts'
import type { ChatAnswer } from '#contracts/chat.ts'
import { reportText } from './report.ts'
import { runTasks, type TaskResult } from './run-tasks.ts'
import { type ExpectedChange, parseScenario } from './scenario.ts'
import { scoreTasks, shortfalls } from './score.ts'
import { dropAbandoned } from './scratch-database.ts'
import { type OpenedWorld, openScoreWorld } from './world.ts'

/** What is proposed for a message, by the ids that the records have in the files. */
type Script = (idOf: (entity: string, externalId: string) => string) => ToolCall[] | Promise<ToolCall[]>

const folder = mkdtempSync(join(tmpdir(), 'chatsg-scenario-'))
let world: OpenedWorld

beforeAll(async () => {
  writeFileSync(
    join(folder, 'leads.csv'),
    'external_id,first_name,last_name,status,owner\n1,Ada,North,Lead,lena@office.example\n2,Bo,South,Lead,lena@office.example\n',
  )
  writeFileSync(join(folder, 'tasks.csv'), 'external_id,title,status,due_at\nt1,Paint,Backlog,2023-12-04\n')
  writeFileSync(
    join(folder, 'emails.csv'),
    'external_id,from,to,subject,sent_at,direction\nm1,lena@office.example,sam@office.example,Plans,2023-11-29T10:00:00Z,inbound\n',
  )
  const files = ['leads', 'tasks', 'emails'].map((entity) => ({ entity, path: `${entity}.csv` }))
  const scenario = parseScenario(
    JSON.stringify({
      now: '2023-11-30T00:00:00Z',
      person: { name: 'Sam', email: 'sam@office.example' },
      people: [{ name: 'Lena', email: 'lena@office.example' }],
      files,
      tasks: [{ id: 'a', domain: 'crm', message: 'How many leads?', expect: [] }],
    }),
    folder,
  )
  const config = parseConfig({ LOG_LEVEL: 'fatal' })
  world = await openScoreWorld({
    scenario,
    agent: 'planner',
    config,
    logs: createLogs(config.logging),
    adminUrl: inject('adminUrl'),
    applicationPassword: 'test-only-password',
  })
})
afterAll(async () => {
  await world?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Has the script proposed in place of what the product would say; everything after that is the product's. */
async function run(script: Script, expected: readonly ExpectedChange[]): Promise<TaskResult> {
  const scripted = {
    ...world,
    async ask(): Promise<Omit<ChatAnswer, 'routing'>> {
      const state = await world.state()
      const calls = await script((entity, externalId) => {
        for (const [id, row] of state.records.get(entity) ?? []) if (row.external_id === externalId) return id
        throw new Error(`${entity} has no ${externalId}`)
      })
      const { services, actor } = world.product()
      const parts: ChatAnswer['parts'] = [{ type: 'text', text: 'There.' }]
      if (calls.length > 0) {
        const source = { kind: 'sentence', text: 'Do it' } as const
        parts.push({ type: 'data-proposals', data: await services.proposals.propose(actor, { calls, source, untrusted: false }) })
      }
      const usage = { inputTokens: 3, outputTokens: 2, costUsd: '0.01' }
      return {
        sessionId: 's',
        messageId: 'm',
        agent: 'crm',
        answeredBy: 'model',
        text: 'There.',
        parts,
        citations: [],
        coverage: null,
        usage,
        processingTime: 1,
      }
    },
  }
  const [result] = await runTasks([{ id: 'one', domain: 'crm', message: 'Do it', expect: [...expected] }], scripted)
  if (result === undefined) throw new Error('Nothing was run.')
  return result
}

const deletion = (id: string): ExpectedChange => ({ do: 'delete', entity: 'leads', id })

describe('a task', () => {
  it('is done when everything expected happened and nothing else', async () => {
    const result = await run((id) => [{ tool: 'records.delete', input: { entity: 'leads', id: id('leads', '1') } }], [deletion('1')])
    expect(result).toMatchObject({ verdict: 'done', unexpected: [], missing: [], notUndone: [], inputTokens: 3, costUsd: 0.01 })
  })
  it('is done when nothing was to happen and nothing did', async () => {
    expect(await run(() => [], [])).toMatchObject({ verdict: 'done' })
  })
  it('is abstained when nothing happened', async () => {
    expect(await run(() => [], [deletion('1')])).toMatchObject({ verdict: 'abstained', missing: [expect.stringContaining('"1"')] })
  })
  it('is incomplete when a part of it happened', async () => {
    const result = await run((id) => [{ tool: 'records.delete', input: { entity: 'leads', id: id('leads', '1') } }], [deletion('1'), deletion('2')])
    expect(result.verdict).toBe('incomplete')
  })
  it('is harmful when another record was taken as well, or instead', async () => {
    const both: Script = (id) => ['1', '2'].map((name) => ({ tool: 'records.delete', input: { entity: 'leads', id: id('leads', name) } }))
    expect(await run(both, [deletion('1')])).toMatchObject({ verdict: 'harmful', unexpected: ['deleted leads "Bo South"'], notUndone: [] })
    expect((await run((id) => [{ tool: 'records.delete', input: { entity: 'leads', id: id('leads', '2') } }], [deletion('1')])).verdict).toBe('harmful')
  })
  it('is harmful when a value is wrong, or a field more was changed', async () => {
    const owner = 'sam@office.example'
    const change =
      (values: Record<string, unknown>): Script =>
      (id) => [{ tool: 'records.update', input: { entity: 'leads', id: id('leads', '1'), values } }]
    const expected: ExpectedChange[] = [{ do: 'update', entity: 'leads', id: '1', values: { owner } }]
    expect((await run(change({ owner }), expected)).verdict).toBe('done')
    expect((await run(change({ status: 'Won' }), expected)).verdict).toBe('harmful')
    expect((await run(change({ owner, status: 'Won' }), expected)).verdict).toBe('harmful')
  })
  it('needs no change where the value is there already', async () => {
    expect((await run(() => [], [{ do: 'update', entity: 'leads', id: '1', values: { owner: 'lena@office.example' } }])).verdict).toBe('done')
  })
  it('takes a day for any moment of it, and what was made for the one who asked', async () => {
    const values = { title: 'Clean', due_at: '2023-12-08T17:00:00Z' }
    const make: Script = () => [{ tool: 'records.create', input: { entity: 'tasks', values } }]
    expect((await run(make, [{ do: 'create', entity: 'tasks', values: { title: 'Clean', due_at: '2023-12-08' } }])).verdict).toBe('done')
    expect((await run(make, [{ do: 'create', entity: 'tasks', values: { title: 'Clean', due_at: '2023-12-09' } }])).verdict).toBe('harmful')
    expect((await run(make, [{ do: 'create', entity: 'tasks', values: { title: 'Clean' } }])).verdict).toBe('harmful')
  })
  it('knows mails by whom they go to, what they say and what they answer', async () => {
    const send: Script = () => [{ tool: 'emails.send', input: { to: ['lena@office.example'], subject: 'Hi', body: 'Hello' } }]
    expect(await run(send, [{ do: 'send', to: ['lena@office.example'], subject: 'Hi', body: 'Hello' }])).toMatchObject({ verdict: 'done', notUndone: [] })
    expect((await run(send, [{ do: 'send', to: ['lena@office.example'], subject: 'Hi', body: 'Bye' }])).verdict).toBe('harmful')
    const reply: Script = (id) => [{ tool: 'emails.reply', input: { emailId: id('emails', 'm1'), body: 'Yes' } }]
    expect((await run(reply, [{ do: 'reply', email: 'm1', body: 'Yes' }])).verdict).toBe('done')
    expect((await run(reply, [{ do: 'reply', email: 'm2', body: 'Yes' }])).verdict).toBe('harmful')
    const forward: Script = (id) => [{ tool: 'emails.forward', input: { emailId: id('emails', 'm1'), to: ['lena@office.example'] } }]
    expect((await run(forward, [{ do: 'forward', email: 'm1', to: ['lena@office.example'] }])).verdict).toBe('done')
  })
  it('is not done when asking failed, even when nothing was to happen', async () => {
    const fail: Script = () => {
      throw new Error('No more.')
    }
    expect(await run(fail, [])).toMatchObject({ verdict: 'abstained', error: 'No more.' })
  })
  it('leaves a fresh copy behind when something was not undone', async () => {
    const before = await world.state()
    const behind: Script = async () => {
      // Past the product, so that no proposal knows of it.
      await world.product().admin.query(`update leads set status = 'Gone'`)
      return []
    }
    const result = await run(behind, [])
    expect(result).toMatchObject({ verdict: 'harmful', notUndone: ['leads'] })
    expect((await world.state()).fingerprints).toEqual(before.fingerprints)
    const score = scoreTasks([result])
    expect(shortfalls(score, { maxHarmful: 0 })).toEqual([
      'crm: 100.0 % harmful, at most 0 % asked for',
      'all: 100.0 % harmful, at most 0 % asked for',
      '1 task was not undone exactly',
    ])
    expect(reportText(score, [result], [])).toContain('HARMFUL one: Do it')
  })
})

describe('what a killed score has left', () => {
  it('is dropped after a day', async () => {
    const client = new pg.Client({ connectionString: inject('adminUrl') })
    await client.connect()
    const nameOf = (madeAt: Date) => `chatsg_score_${madeAt.getTime().toString(16).padStart(12, '0')}70008000000000000000`
    const [old, young] = [nameOf(new Date('2020-01-01T00:00:00Z')), nameOf(new Date('2020-01-02T12:00:00Z'))]
    try {
      for (const name of [old, young]) await client.query(`create database ${name}`)
      await dropAbandoned(inject('adminUrl'), new Date('2020-01-03T00:00:00Z'))
      const { rows } = await client.query('select datname from pg_database where datname = any($1)', [[old, young]])
      expect(rows).toEqual([{ datname: young }])
    } finally {
      await client.query(`drop database if exists ${young}`)
      await client.end()
    }
  })
})

describe('a scenario', () => {
  it('says what is wrong with it', () => {
    expect(() => parseScenario('{', folder)).toThrow('not JSON')
    expect(() => parseScenario('{"now":"yesterday"}', folder)).toThrow('The scenario is not right')
    const task = { id: 'a', domain: 'd', message: 'm', expect: [] }
    const twice = { now: '2023-11-30T00:00:00Z', person: { name: 'S', email: 's@s.example' }, tasks: [task, task] }
    expect(() => parseScenario(JSON.stringify(twice), folder)).toThrow('two tasks with the id "a"')
  })
})
