import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { OpenFeature } from '@openfeature/server-sdk'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type App, createApp } from '#backend/app.ts'
import { parseConfig } from '#backend/config/index.ts'
import { type OpenedDatabase, openConfiguredDatabase } from '#backend/infra/database/open.ts'
import { createLogs } from '#backend/infra/logger/logger.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import { newId } from '#backend/kernel/ids.ts'
import { type FakeModel, startFakeModel } from '../fakes/model/server.ts'
import { removeFolder, repositoryRoot, scratchFolder } from '../server-process.ts'

const unsure = 'please be so kind and greet everybody'

/** A database of its own: flags are the installation's, and others ask for them as well. */
describe('flags', { timeout: 60_000 }, () => {
  const name = `flags_${newId().replaceAll('-', '')}`
  let admin: pg.Client
  let rows: pg.Client
  let opened: OpenedDatabase
  let app: App
  let model: FakeModel
  let folder: string
  let env: Record<string, string>
  let owner: Extract<Actor, { type: 'user' }>
  let rep: Extract<Actor, { type: 'user' }>

  beforeAll(async () => {
    admin = new pg.Client({ connectionString: inject('adminUrl') })
    await admin.connect()
    await admin.query(`create database ${name}`)
    const url = Object.assign(new URL(inject('adminUrl')), { pathname: `/${name}` }).toString()
    folder = await scratchFolder()
    model = await startFakeModel({ script: [{ text: 'Hello everybody.' }] })
    env = { DATABASE_URL: url, DATA_DIR: folder, ENCRYPTION_KEY: 'e'.repeat(40), LOG_LEVEL: 'fatal', OPENAI_BASE_URL: model.url, OPENAI_MODEL: 'gpt-4o' }
    const config = parseConfig(env)
    opened = await openConfiguredDatabase(config, () => undefined)
    rows = new pg.Client({ connectionString: url, options: '-c search_path=chatsg' })
    await rows.connect()
    const { workspaceId, userId, name: ownerName } = opened.workspace
    owner = { type: 'user', workspaceId, userId, name: ownerName, role: 'owner', via: 'session' }
    rep = { ...owner, userId: newId(), name: 'Robin Rep', role: 'rep' }
    await rows.query(`insert into users (workspace_id, id, name, role) values ($1, $2, $3, 'rep')`, [workspaceId, rep.userId, rep.name])
    app = await createApp(config, {
      ...opened,
      owner: opened.workspace,
      logs: createLogs(config.logging),
      webFolder: join(folder, 'no-web'),
      version: '0.0.0-test',
    })
  }, 60_000)
  afterAll(async () => {
    await app?.close()
    await opened?.close()
    await rows?.end()
    await model?.close()
    await admin?.query(`drop database if exists ${name} with (force)`)
    await admin?.end()
    await removeFolder(folder)
  })

  let turn = 0
  const ask = async (actor: Actor, message: string) => {
    const before = model.requests.length
    turn += 1
    const { answeredBy, agent } = await app.services.chat.ask(actor, { message: `${message} ${turn}` }, { requestId: 'flags' })
    return { answeredBy, agent, calls: model.requests.length - before }
  }
  const command = async (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> => {
    try {
      return {
        code: 0,
        ...(await promisify(execFile)(process.execPath, [join(repositoryRoot, 'backend/cli.js'), 'flags', ...args], {
          env: { PATH: process.env.PATH ?? '', ...env },
        })),
      }
    } catch (error) {
      return error as { code: number; stdout: string; stderr: string }
    }
  }
  /** As `PATCH /api/deployment/flags` does; the process that is told knows at once. */
  const change = (flags: Parameters<App['services']['deployment']['changeFlags']>[1]) => app.services.deployment.changeFlags(owner, flags)

  it('decide for whom a language model answers what the planner is not sure of: everybody, where nobody says otherwise', async () => {
    expect(await ask(owner, unsure)).toEqual({ answeredBy: 'model', agent: 'crm', calls: 1 })
    expect(await ask(rep, unsure)).toMatchObject({ answeredBy: 'model', calls: 1 })
    expect((await app.services.deployment.describe(owner)).flagRules.modelAnswers).toMatchObject({ enabled: true, percentage: 100, source: 'configuration' })
  })

  it('roll it out to some people first; what somebody chose a model for is not theirs to decide', async () => {
    await change({ modelAnswers: { enabled: true, percentage: 0, targets: ['rep'] } })
    expect(await ask(owner, unsure)).toMatchObject({ answeredBy: 'planner', calls: 0 })
    expect(await ask(rep, unsure)).toMatchObject({ answeredBy: 'model', calls: 1 })
    expect(await ask(owner, '/creative a slogan')).toMatchObject({ answeredBy: 'model', agent: 'creative', calls: 1 })
    await change({ modelAnswers: false })
    expect(await ask(rep, unsure)).toMatchObject({ answeredBy: 'planner', calls: 0 })
    expect(await ask(rep, 'how many contacts do we have?')).toMatchObject({ answeredBy: 'planner', calls: 0 })
    await change({ modelAnswers: null })
    expect(await ask(owner, unsure)).toMatchObject({ answeredBy: 'model', calls: 1 })
  })

  it('are asked for in one way, OpenFeature, by the product and by code that knows nothing else', async () => {
    const asked: unknown[] = []
    OpenFeature.addHooks({ after: ({ flagKey, context }, { value, reason }) => void asked.push({ flagKey, context, value, reason }) })
    try {
      await change({ modelAnswers: { enabled: true, percentage: 0, targets: ['rep'] } })
      expect(await ask(rep, unsure)).toMatchObject({ answeredBy: 'model' })
      expect(await ask(owner, unsure)).toMatchObject({ answeredBy: 'planner' })
      const contextOf = ({ userId, workspaceId, role }: typeof owner) => ({ targetingKey: userId, workspaceId, role })
      expect(asked).toEqual([
        { flagKey: 'modelAnswers', context: contextOf(rep), value: true, reason: 'TARGETING_MATCH' },
        { flagKey: 'modelAnswers', context: contextOf(owner), value: false, reason: 'DEFAULT' },
      ])
      await app.warmUp()
      const client = OpenFeature.getClient()
      expect(await client.getBooleanValue('modelAnswers', false, contextOf(rep))).toBe(true)
      expect(await client.getBooleanValue('modelAnswers', true, contextOf(owner))).toBe(false)
    } finally {
      OpenFeature.clearHooks()
      await change({ modelAnswers: null })
    }
  })

  it('that cannot be read send nothing to a model', async () => {
    await rows.query('alter table feature_flags rename to feature_flags_away')
    try {
      app.services.deployment.configure({})
      expect(await ask(rep, unsure)).toMatchObject({ answeredBy: 'planner', calls: 0 })
    } finally {
      await rows.query('alter table feature_flags_away rename to feature_flags')
    }
    expect(await ask(rep, unsure)).toMatchObject({ answeredBy: 'model' })
  })

  it('are switched by a command, which a running server follows, and which is in their history and the audit trail', async () => {
    expect((await command('list')).stdout).toBe('modelAnswers\ton\tconfiguration\tA language model answers what the planner is not sure of\n')
    expect(JSON.parse((await command('--json')).stdout)).toMatchObject({ flags: { modelAnswers: { enabled: true } } })
    expect((await command('set', 'modelAnswers', '0%', '--for', `${rep.userId}, admin`)).stdout).toMatch(
      new RegExp(`^modelAnswers\\t0% and ${rep.userId}, admin\\tswitched\\t`),
    )
    await expect.poll(async () => (await ask(owner, unsure)).answeredBy, { timeout: 20_000, interval: 500 }).toBe('planner')
    expect(await ask(rep, unsure)).toMatchObject({ answeredBy: 'model' })
    expect(JSON.parse((await command('set', 'inbox', 'off', '--json')).stdout)).toMatchObject({ name: 'inbox', flag: { enabled: false, source: 'switched' } })
    expect((await command('list')).stdout).toContain('inbox\toff\tswitched\tnothing here asks for it\n')
    expect((await command('reset', 'inbox')).stdout).toBe('inbox is no flag any more.\n')
    expect((await command('reset', 'modelAnswers')).stdout).toContain('modelAnswers\ton\tconfiguration\t')
    const { items } = await app.services.deployment.history(owner)
    expect(items.slice(0, 4).map((item) => [item.name, item.changedBy])).toEqual(
      ['modelAnswers', 'inbox', 'inbox', 'modelAnswers'].map((flag) => [flag, owner.name]),
    )
    await app.services.audit.flush()
    const kept = (await app.services.audit.list(owner, { limit: 20 })).items.filter(({ operation }) => operation === 'flags.change')
    expect(kept.slice(0, 4)).toMatchObject(Array.from({ length: 4 }, () => ({ event: 'SETTING_CHANGE', outcome: 'ok', userId: owner.userId })))
    expect(kept[0]).toMatchObject({ query: { flags: ['modelAnswers'] } })
  })

  it.each([
    ['set', 'no spaces', 'on'],
    ['set', 'inbox', '101%'],
    ['set', 'inbox', 'perhaps'],
    ['set', 'inbox'],
  ])('are not changed by: flags %s %s %s', async (...args) => {
    const { code, stderr } = await command(...args.filter((argument) => argument !== undefined))
    expect(code).toBe(1)
    expect(stderr).toMatch(/^error: /)
    expect((await app.services.deployment.describe(owner)).flagRules).not.toHaveProperty('inbox')
  })
})
