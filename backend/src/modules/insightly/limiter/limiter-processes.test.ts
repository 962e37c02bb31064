import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, inject, it } from 'vitest'
import { newId } from '#backend/kernel/ids.ts'
import { limitKeyOf } from './limit-key.ts'
import { mostWithin, openRecorder } from './limiter.testing.ts'
import type { WorkerTask } from './limiter-worker.testing.ts'

const script = fileURLToPath(new URL('./limiter-worker.testing.ts', import.meta.url))
const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

interface Worker {
  child: ChildProcess
  told: unknown[]
  exited: Promise<number | null>
}

async function startWorkers(names: readonly string[]): Promise<Worker[]> {
  return Promise.all(
    names.map(async () => {
      const child = fork(script, { execArgv: [] })
      children.push(child)
      const told: unknown[] = []
      const exited = new Promise<number | null>((done) => child.once('exit', done))
      await new Promise<void>((done) => child.once('message', () => done()))
      child.on('message', (message) => told.push(message))
      return { child, told, exited }
    }),
  )
}

function taskFor(url: string, { maxRequests, windowMs }: { maxRequests: number; windowMs: number }): Omit<WorkerTask, 'name' | 'calls'> {
  return { connectionString: inject('applicationUrl'), key: limitKeyOf({ url, apiKey: newId() }), url, maxRequests, windowMs, leaseMs: 1000 }
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((done) => setTimeout(done, 5))
}

describe('three processes that share a database', () => {
  it('never make more calls together than the limit in any sliding window, however long answers take', async () => {
    const limit = { maxRequests: 10, windowMs: 500 }
    const recorder = await openRecorder((nth) => (nth % 7 === 0 ? 120 : 5))
    const names = ['a', 'b', 'c']
    const task = taskFor(recorder.url, limit)
    const workers = await startWorkers(names)
    for (const [index, { child }] of workers.entries()) child.send({ ...task, name: names[index], calls: [{ priority: 'sync', count: 30 }] } satisfies object)
    const codes = await Promise.all(workers.map(({ exited }) => exited))
    await recorder.close()
    expect(workers.flatMap(({ told }) => told)).toEqual([])
    expect(codes).toEqual([0, 0, 0])
    expect(recorder.arrivals).toHaveLength(90)
    expect(mostWithin(recorder.arrivals, limit.windowMs)).toBeLessThanOrEqual(limit.maxRequests)
    // Each has its share from the beginning: nobody is left until the others are done.
    for (const name of names) expect(recorder.arrivals.slice(0, 60).filter((call) => call.name.startsWith(name)).length).toBeGreaterThanOrEqual(10)
  })

  it('let people of one process go before the sync of the others', async () => {
    const limit = { maxRequests: 4, windowMs: 400 }
    const recorder = await openRecorder()
    const task = taskFor(recorder.url, limit)
    const [first, second] = (await startWorkers(['sync', 'people'])) as [Worker, Worker]
    first.child.send({ ...task, name: 'a', calls: [{ priority: 'sync', count: 24 }] } satisfies WorkerTask)
    await until(() => recorder.arrivals.length >= 4)
    second.child.send({ ...task, name: 'b', calls: [{ priority: 'person', count: 12 }] } satisfies WorkerTask)
    expect(await Promise.all([first.exited, second.exited])).toEqual([0, 0])
    await recorder.close()
    expect(mostWithin(recorder.arrivals, limit.windowMs)).toBeLessThanOrEqual(limit.maxRequests)
    const order = recorder.arrivals.map(({ name }) => name)
    const [start, end] = [order.indexOf('b-person'), order.lastIndexOf('b-person')]
    // After four in a row of people one of the sync goes, so that it is not starved, and no more than that.
    const between = order.slice(start, end + 1).filter((name) => name === 'a-sync').length
    expect(between).toBeGreaterThanOrEqual(2)
    expect(between).toBeLessThanOrEqual(4)
  })

  it('take nothing with them when they are killed', async () => {
    const limit = { maxRequests: 5, windowMs: 300 }
    // The first five calls of the one that dies are never answered.
    const recorder = await openRecorder((nth) => (nth <= 5 ? 3_600_000 : 5))
    const task = taskFor(recorder.url, limit)
    const [dying, living] = (await startWorkers(['dying', 'living'])) as [Worker, Worker]
    dying.child.send({ ...task, name: 'dying', calls: [{ priority: 'sync', count: 50 }] } satisfies WorkerTask)
    await until(() => recorder.arrivals.length === 5)
    dying.child.kill('SIGKILL')
    living.child.send({ ...task, name: 'living', calls: [{ priority: 'sync', count: 15 }] } satisfies WorkerTask)
    expect(await living.exited).toBe(0)
    await recorder.close()
    expect(recorder.arrivals).toHaveLength(20)
    expect(mostWithin(recorder.arrivals, limit.windowMs)).toBeLessThanOrEqual(limit.maxRequests)
  })
})
