import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { AuditEntryView, AuditVerification } from '#contracts/security.ts'
import { removeFolder, repositoryRoot, type ServerProcess, scratchFolder, startServer } from '../../../../test/server-process.ts'

const rounds = Number(process.env.AUDIT_KILLS ?? 2)

let folder: string
let env: Record<string, string>
let server: ServerProcess
beforeAll(async () => {
  folder = await scratchFolder()
  env = { LOG_FILE: join(folder, 'log', 'application.log') }
  server = await startServer(folder, env)
})
afterAll(async () => {
  await server.stop()
  await removeFolder(folder)
})

const path = () => join(folder, 'log', 'audit.log')
const lines = () => readFileSync(path(), 'utf8').split('\n').filter(Boolean)

async function allEntries(): Promise<AuditEntryView[]> {
  const entries: AuditEntryView[] = []
  for (let cursor = ''; ; ) {
    const page = (await (await server.fetch(`/api/audit?limit=200${cursor}`)).json()) as { items: AuditEntryView[]; nextCursor: string | null }
    entries.push(...page.items)
    if (page.nextCursor === null) return entries
    cursor = `&cursor=${page.nextCursor}`
  }
}

function verify(...args: string[]): { status: number | null; answer: AuditVerification & { file: { lines: number; firstBroken: { line: number } | null } } } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['backend/cli.js', 'audit', 'verify', '--json', ...args], {
    cwd: repositoryRoot,
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', DATA_DIR: folder, ...env },
  })
  if (stdout === '') throw new Error(stderr)
  return { status, answer: JSON.parse(stdout) }
}

describe('a server that is killed', { timeout: 120_000 }, () => {
  it('has an entry for each change it acknowledged, in the chain and in the file', async () => {
    const acknowledged: string[] = []
    for (let round = 0; round < rounds; round++) {
      let isOver = false
      const work = async (worker: number) => {
        for (let turn = 0; !isOver; turn++) {
          const response = await server.fetch('/api/crm/contacts', { method: 'POST', body: JSON.stringify({ last_name: `Kill${round}-${worker}-${turn}` }) })
          acknowledged.push(((await response.json()) as { id: string }).id)
        }
      }
      const working = Promise.allSettled([work(0), work(1), work(2)])
      // A busy machine needs longer until there is something to lose.
      await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(8 * (round + 1)), { timeout: 20_000 })
      await sleep(round * 130)
      isOver = true
      await server.stop('SIGKILL')
      await working
      server = await startServer(folder, env)
    }
    expect(acknowledged.length).toBeGreaterThan(20)
    const kept = new Set((await allEntries()).filter(({ operation }) => operation === 'contacts.create').map(({ query }) => (query as { id: string }).id))
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
    const { status, answer } = verify()
    expect({ status, valid: answer.valid, broken: answer.firstBroken }).toEqual({ status: 0, valid: true, broken: null })
    await vi.waitFor(() => expect(lines()).toHaveLength(answer.entries), { timeout: 20_000, interval: 200 })
    expect(JSON.parse(lines()[0] as string)).toMatchObject({ level: 'info', msg: 'CRM_ACCESS', event: 'CRM_ACCESS', sequence: 1, ip: expect.anything() })
  })

  it('is proven from the command line while it runs again: a line that was altered, removed or moved fails it', () => {
    const whole = lines()
    const { status, answer } = verify('--file', path())
    expect(status).toBe(0)
    expect(answer.file).toMatchObject({ lines: whole.length, firstBroken: null })
    const copy = join(folder, 'copy.log')
    const changed: [number, string[]][] = [
      [5, whole.map((line, index) => (index === 4 ? line.replace('contacts.create', 'contacts.delete') : line))],
      [5, whole.toSpliced(4, 1)],
      [5, [...whole.slice(0, 4), whole[5] as string, whole[4] as string, ...whole.slice(6)]],
    ]
    for (const [line, text] of changed) {
      writeFileSync(copy, `${text.join('\n')}\n`)
      const broken = verify('--file', copy)
      expect({ status: broken.status, line: broken.answer.file.firstBroken?.line }).toEqual({ status: 1, line })
    }
  })
})
