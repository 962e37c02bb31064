import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { requireProgram } from '../../../test/requirements.ts'
import { openRedisPoints, type RedisPoints } from './redis-points.ts'

const program = requireProgram('redis-server', 'Limits counted in Redis')
const logger = { debug: () => undefined }

describe.skipIf(program === undefined)('counts in Redis', () => {
  let folder: string
  let port: number
  let server: ChildProcess
  const opened: RedisPoints[] = []

  const start = () => {
    server = spawn(program as string, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder], { stdio: 'ignore' })
  }
  const stop = () =>
    new Promise((done) => {
      server.once('exit', done)
      server.kill()
    })
  const open = async () => {
    const points = await openRedisPoints({ url: `redis://127.0.0.1:${port}`, logger })
    opened.push(points)
    await vi.waitFor(() => points.add('warm-up', 0, 1000), { timeout: 10_000 })
    return points
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chatsg-redis-'))
    port = await freePort()
    start()
  })
  afterAll(async () => {
    for (const points of opened) await points.close()
    await stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('adds up what two processes count, in a window that starts with the first', async () => {
    const [one, other] = [await open(), await open()]
    expect(await one.add('shared', 2, 60_000)).toEqual({ points: 2, resetMs: 60_000 })
    const second = await other.add('shared', 3, 60_000)
    expect(second.points).toBe(5)
    expect(second.resetMs).toBeLessThanOrEqual(60_000)
    const many = await Promise.all(Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? one : other).add('shared', 1, 60_000)))
    expect(many.map(({ points }) => points).sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index + 6))
  })

  it('gives back, never below nothing, and starts anew after the window', async () => {
    const points = await open()
    expect((await points.add('given', 1, 60_000)).points).toBe(1)
    expect((await points.add('given', -3, 60_000)).points).toBe(0)
    expect((await points.add('given', 1, 60_000)).points).toBe(1)
    expect((await points.add('short', 7, 100)).points).toBe(7)
    await vi.waitFor(async () => expect((await points.add('short', 0, 100)).points).toBe(0), { timeout: 5000 })
  })

  it('fails at once while Redis is away, and works again by itself', async () => {
    const points = await open()
    await stop()
    await expect(points.add('away', 1, 60_000)).rejects.toThrow()
    start()
    const { points: count } = await vi.waitFor(() => points.add('away', 1, 60_000), { timeout: 15_000 })
    expect(count).toBe(1)
  })
})

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer().once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address !== null ? done(address.port) : failed(new Error('No free port was found.'))))
    })
  })
}
