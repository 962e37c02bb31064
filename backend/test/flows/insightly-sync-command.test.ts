import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { SyncRunJson } from '#contracts/sync.ts'
import { removeFolder, repositoryRoot, scratchFolder } from '../server-process.ts'
import { createFakeProcess, type FakeProcess } from './insightly-fake.ts'
import { mirrorEnvironment } from './insightly-installation.ts'

let folder: string
let fake: FakeProcess
beforeAll(async () => {
  folder = await scratchFolder()
  fake = await createFakeProcess(join(folder, 'insightly'), { records: 700 })
})
afterAll(async () => {
  await fake?.kill()
  await removeFolder(folder)
})

/** An operator command where no server runs. */
async function command(args: string[], whenStarted: (interrupt: () => void) => Promise<void> = () => Promise.resolve()) {
  const child = spawn(process.execPath, ['backend/cli.js', ...args], {
    cwd: repositoryRoot,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', DATA_DIR: folder, ...mirrorEnvironment(fake) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => (stdout += chunk))
  child.stderr.on('data', (chunk) => (stderr += chunk))
  const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)))
  await whenStarted(() => void child.kill('SIGINT'))
  return { code: await ended, stdout, stderr }
}

it('copies into an empty workspace without a server, lets go on Ctrl-C and goes on', { timeout: 120_000 }, async () => {
  await fake.tell('POST', 'faults', { kind: 'delay', delayMs: 150, probability: 1 })
  const first = await command(['sync', 'full', '--json'], async (interrupt) => {
    await fake.reached(28)
    interrupt()
  })
  expect(first.code, first.stderr).toBe(130)
  const { id, state } = JSON.parse(first.stdout) as SyncRunJson
  expect(state).toBe('running')
  const calls = (await fake.calls()).length
  await fake.tell('DELETE', 'faults')

  const second = await command(['sync', 'full', '--json'])
  expect(second.code, second.stderr).toBe(0)
  const run = JSON.parse(second.stdout) as SyncRunJson
  expect(run).toMatchObject({ id, state: 'done', counts: { contacts: { created: 700 }, notes: { created: 350 } } })
  expect((await fake.calls()).length).toBeGreaterThan(calls)
  expect(run.apiCalls).toBeGreaterThan(calls)

  await fake.tell('POST', 'faults', { kind: 'status', status: 401, body: 'Denied', path: '/Users/Me' })
  const failed = await command(['sync', 'incremental'])
  expect(failed).toMatchObject({ code: 1, stdout: expect.stringContaining('Incremental run failed') })
  expect(failed.stdout).toContain('Insightly refuses the API key')
})
