import { mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AuditFile, createAuditFile } from './audit-output.ts'
import { createLogs, type LogOptions } from './logger.ts'

type Line = Record<string, unknown>

function capture(options: LogOptions = {}, config: { level?: 'debug' | 'info'; debug?: string } = {}) {
  const lines: string[] = []
  const logs = createLogs(
    { level: config.level ?? 'info', file: undefined, auditFile: undefined, debug: config.debug },
    { ...options, output: { write: (line: string) => void lines.push(line) } },
  )
  return { logs, lines: () => lines.map((line) => JSON.parse(line) as Line), text: () => lines.join('') }
}

describe('createLogs', () => {
  it('writes a JSON line with an ISO time, the level in words and the message', () => {
    const { logs, lines } = capture({ context: () => ({ requestId: 'r1' }) })
    logs.logger.warn({ rows: 3 }, 'Rate limit reached')
    const [line] = lines()
    expect(line).toMatchObject({ level: 'warn', msg: 'Rate limit reached', rows: 3, requestId: 'r1' })
    expect(new Date(line?.time as string).toISOString()).toBe(line?.time)
  })

  it('prints audit lines as they are, unless the level keeps them off', async () => {
    const { logs, text } = capture()
    await logs.audit?.append(['{"a":1}', '{"b":"password=x"}'])
    expect(text()).toBe('{"a":1}\n{"b":"password=x"}\n')
    expect(createLogs({ level: 'warn', file: undefined, auditFile: undefined, debug: undefined }).audit).toBeUndefined()
  })

  it('keeps the stack of an error', () => {
    const { logs, lines } = capture()
    logs.logger.error(new Error('broken'))
    expect(lines()[0]).toMatchObject({ level: 'error', msg: 'broken', err: { message: 'broken', stack: expect.stringContaining('logger.test.ts') } })
  })

  it('never writes secrets, cookies or authorization, wherever they stand', () => {
    const { logs, text, lines } = capture({ secrets: ['quote"inside-the-secret'] })
    logs.logger.info({ headers: { authorization: 'Bearer abcdefghij', cookie: 'session=hunter2', 'set-cookie': ['a=hunter2'] } }, 'request')
    logs.logger.info({ account: { imap: { user: 'a', password: 'hunter2' } }, apiKey: 'hunter2', list: [{ accessToken: 'hunter2' }] }, 'account')
    logs.logger.error(new Error('cannot connect to postgres://app:hunter2@db.example.com/x'))
    logs.logger.info('sent Authorization: Bearer hunter2hunter2 and quote"inside-the-secret')
    logs.logger.info({ url: '/sign-in?next=%2F&token=hunter2' }, 'request')
    logs.forModule('crm').warn({ credentials: { user: 'hunter2' } }, 'child')
    expect(text()).not.toMatch(/hunter2|abcdefghij|inside-the-secret/)
    expect(lines()[1]).toMatchObject({ account: { imap: { user: 'a', password: '[redacted]' } }, list: [{ accessToken: '[redacted]' }] })
    expect(text()).toContain('postgres://app:[redacted]@db.example.com/x')
  })

  it('keeps what only sounds secret', () => {
    const { logs, lines } = capture()
    logs.logger.info({ usage: { inputTokens: 12, outputTokens: 3 }, hasPassword: true, keyword: 'hinge', monkey: 'no' }, 'fine')
    expect(lines()[0]).toMatchObject({ usage: { inputTokens: 12, outputTokens: 3 }, hasPassword: true, keyword: 'hinge', monkey: 'no' })
  })

  it('takes other levels while it runs, in modules that were named before as well', () => {
    const { logs, lines } = capture()
    const [crm, chat] = [logs.forModule('crm'), logs.forModule('chat')]
    const say = () => {
      logs.logger.info('plain')
      crm.debug('crm')
      chat.info('chat')
    }
    say()
    logs.configure({ level: 'warn', debug: 'crm:*' })
    say()
    logs.configure({ level: 'debug', debug: undefined })
    say()
    logs.configure({ level: 'info', debug: undefined })
    say()
    expect(lines().map(({ msg }) => msg)).toEqual(['plain', 'chat', 'crm', 'plain', 'crm', 'chat', 'plain', 'chat'])
  })

  it('raises the modules that DEBUG names', () => {
    const { logs, lines } = capture({}, { debug: 'crm:*' })
    logs.forModule('crm').debug('seen')
    logs.forModule('crm:import').debug('seen too')
    logs.forModule('chat').debug('unseen')
    logs.logger.debug('unseen')
    expect(lines().map(({ msg, module }) => [module, msg])).toEqual([
      ['crm', 'seen'],
      ['crm:import', 'seen too'],
    ])
  })

  describe('with files', () => {
    let folder: string
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'chatsg-logs-'))
    })
    afterEach(() => rmSync(folder, { recursive: true, force: true }))

    const read = (name: string) =>
      readFileSync(join(folder, name), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => (JSON.parse(line) as Line).msg)

    it('keeps errors and audit lines in files of their own, and reopens all of them', async () => {
      const logs = createLogs({ level: 'info', file: join(folder, 'log', 'application.log'), auditFile: undefined, debug: undefined })
      logs.logger.info('started')
      logs.logger.error('failed')
      await logs.audit?.append(['{"msg":"CRM_ACCESS","password":"as it is"}'])
      expect(read('log/application.log')).toEqual(['started', 'failed'])
      expect(read('log/error.log')).toEqual(['failed'])
      expect(readFileSync(join(folder, 'log/audit.log'), 'utf8')).toBe('{"msg":"CRM_ACCESS","password":"as it is"}\n')
      renameSync(join(folder, 'log/application.log'), join(folder, 'log/application.log.1'))
      renameSync(join(folder, 'log/audit.log'), join(folder, 'log/audit.log.1'))
      logs.reopen()
      await logs.audit?.append(['{"msg":"SIGN_IN"}'])
      expect(read('log/audit.log')).toEqual(['SIGN_IN'])
      logs.logger.info('after')
      expect(read('log/application.log.1')).toEqual(['started', 'failed'])
      expect(read('log/application.log')).toEqual(['after'])
      const modes = ['application.log', 'application.log.1', 'error.log', 'audit.log'].map((name) => statSync(join(folder, 'log', name)).mode & 0o777)
      expect(modes).toEqual(Array(4).fill(0o640))
    })

    it('finds the last whole audit line, and cuts off what a kill left half written', async () => {
      const path = join(folder, 'audit.log')
      const file = createAuditFile(path).file as AuditFile
      expect([await file.lastLine(), await file.version()]).toEqual([undefined, undefined])
      const long = `{"long":"${'é'.repeat(90_000)}"}`
      await createAuditFile(path).append(['{"first":1}', long])
      expect(await file.lastLine()).toBe(long)
      writeFileSync(path, '{"half', { flag: 'a' })
      expect(await file.lastLine()).toBe(long)
      expect(readFileSync(path, 'utf8')).toBe(`{"first":1}\n${long}\n`)
      writeFileSync(path, '{"only half')
      expect(await file.lastLine()).toBeUndefined()
      expect(readFileSync(path, 'utf8')).toBe('')
    })

    it('says in one sentence that a file cannot be written', () => {
      writeFileSync(join(folder, 'plain'), '')
      const file = join(folder, 'plain', 'application.log')
      expect(() => createLogs({ level: 'info', file, auditFile: undefined, debug: undefined })).toThrow(
        /^The log file .* cannot be written \((ENOTDIR|EEXIST)\)\.$/,
      )
    })
  })
})
